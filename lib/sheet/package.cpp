#include "sheet/package.hpp"

#include <array>
#include <exception>
#include <memory>
#include <new>

#include "sheet/limits.hpp"

namespace taizhang::sheet {

namespace {

std::string_view local_name(const char* name) {
  const std::string_view whole{name};
  const std::size_t colon = whole.rfind(':');
  return colon == std::string_view::npos ? whole : whole.substr(colon + 1);
}

/// Hands on what expat finds. Nothing may be thrown through expat's frames, so it is kept.
struct Handler {
  const UnpackLibrary* api = nullptr;
  XML_Parser parser = nullptr;
  const PartReader* reader = nullptr;
  std::exception_ptr thrown = nullptr;
  bool doctype = false;
  bool stopped = false;

  template <class Work>
  static void guarded(void* data, Work work) {
    Handler& self = *static_cast<Handler*>(data);
    if (self.thrown || self.stopped || self.doctype) return;
    try {
      work(self);
      self.stopped = self.reader->enough && self.reader->enough();
    } catch (...) {
      self.thrown = std::current_exception();
    }
    if (self.thrown || self.stopped || self.doctype)
      self.api->XML_StopParser(self.parser, XML_FALSE);
  }

  static void start(void* data, const XML_Char* name, const XML_Char** attributes) {
    guarded(data, [&](Handler& self) {
      if (!self.reader->start) return;
      Element element;
      element.name = local_name(name);
      for (; *attributes; attributes += 2)
        element.attributes.emplace(local_name(attributes[0]), attributes[1]);
      self.reader->start(element);
    });
  }
  static void end(void* data, const XML_Char* name) {
    guarded(data, [&](Handler& self) {
      if (self.reader->end) self.reader->end(local_name(name));
    });
  }
  static void text(void* data, const XML_Char* bytes, int size) {
    guarded(data, [&](Handler& self) {
      if (self.reader->text) self.reader->text({bytes, static_cast<std::size_t>(size)});
    });
  }
  static void document_type(void* data, const XML_Char*, const XML_Char*, const XML_Char*, int) {
    guarded(data, [](Handler& self) { self.doctype = true; });
  }
};

}  // namespace

std::string_view Element::attribute(std::string_view key) const {
  const auto found = attributes.find(key);
  return found == attributes.end() ? std::string_view{} : found->second;
}

Package::Package(std::string_view bytes) {
  zip_source_t* const source =
      api_.zip_source_buffer_create(bytes.data(), bytes.size(), 0, nullptr);
  if (!source) throw std::bad_alloc();
  archive_ = api_.zip_open_from_source(source, ZIP_RDONLY, nullptr);
  if (!archive_) api_.zip_source_free(source);
}

Package::~Package() {
  if (archive_) api_.zip_discard(archive_);
}

PartOutcome Package::read(std::string_view name, const PartReader& reader) {
  while (name.starts_with('/')) name.remove_prefix(1);
  const zip_int64_t index =
      api_.zip_name_locate(archive_, std::string{name}.c_str(), ZIP_FL_NOCASE);
  if (index < 0) return PartOutcome::missing;
  zip_file_t* const file = api_.zip_fopen_index(archive_, static_cast<zip_uint64_t>(index), 0);
  if (!file) return PartOutcome::broken;
  const auto close = [this](zip_file_t* open) { api_.zip_fclose(open); };
  const std::unique_ptr<zip_file_t, decltype(close)> owned(file, close);
  return parse(file, reader);
}

PartOutcome Package::parse(zip_file_t* file, const PartReader& reader) {
  const XML_Parser parser = api_.XML_ParserCreate(nullptr);
  if (!parser) throw std::bad_alloc();
  const auto free = [this](XML_Parser each) { api_.XML_ParserFree(each); };
  const std::unique_ptr<XML_ParserStruct, decltype(free)> owned(parser, free);
  Handler handler;
  handler.api = &api_;
  handler.parser = parser;
  handler.reader = &reader;
  api_.XML_SetUserData(parser, &handler);
  api_.XML_SetElementHandler(parser, &Handler::start, &Handler::end);
  api_.XML_SetCharacterDataHandler(parser, &Handler::text);
  api_.XML_SetStartDoctypeDeclHandler(parser, &Handler::document_type);
  std::array<char, 32 * 1024> buffer;
  while (true) {
    const zip_int64_t size = api_.zip_fread(file, buffer.data(), buffer.size());
    if (size < 0) return PartOutcome::broken;
    unpacked_ += static_cast<std::size_t>(size);
    if (unpacked_ > most_unpacked) return PartOutcome::too_large;
    const auto status =
        api_.XML_Parse(parser, buffer.data(), static_cast<int>(size), size == 0 ? 1 : 0);
    if (handler.thrown) std::rethrow_exception(handler.thrown);
    if (handler.doctype) return PartOutcome::doctype;
    if (handler.stopped) return PartOutcome::stopped;
    if (status != XML_STATUS_OK) return PartOutcome::broken;
    if (size == 0) return PartOutcome::done;
  }
}

}  // namespace taizhang::sheet
