#include "sheet/unpack_library.hpp"

#include "base/library.hpp"

namespace taizhang::sheet {

UnpackLibrary::UnpackLibrary() {
  const Library zip{TAIZHANG_ZIP_LIBRARY};
  zip.find("zip_source_buffer_create", zip_source_buffer_create);
  zip.find("zip_source_free", zip_source_free);
  zip.find("zip_open_from_source", zip_open_from_source);
  zip.find("zip_discard", zip_discard);
  zip.find("zip_name_locate", zip_name_locate);
  zip.find("zip_fopen_index", zip_fopen_index);
  zip.find("zip_fread", zip_fread);
  zip.find("zip_fclose", zip_fclose);
  const Library expat{TAIZHANG_EXPAT_LIBRARY};
  expat.find("XML_ParserCreate", XML_ParserCreate);
  expat.find("XML_ParserFree", XML_ParserFree);
  expat.find("XML_SetUserData", XML_SetUserData);
  expat.find("XML_SetElementHandler", XML_SetElementHandler);
  expat.find("XML_SetCharacterDataHandler", XML_SetCharacterDataHandler);
  expat.find("XML_SetStartDoctypeDeclHandler", XML_SetStartDoctypeDeclHandler);
  expat.find("XML_Parse", XML_Parse);
  expat.find("XML_StopParser", XML_StopParser);
}

}  // namespace taizhang::sheet
