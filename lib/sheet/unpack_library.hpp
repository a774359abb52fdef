#pragma once

#include <expat.h>
#include <zip.h>

namespace taizhang::sheet {

/// The functions of libzip and expat that we use, found when the first workbook is read.
struct UnpackLibrary {
  /// Failure: library-missing.
  UnpackLibrary();

  decltype(&::zip_source_buffer_create) zip_source_buffer_create = nullptr;
  decltype(&::zip_source_free) zip_source_free = nullptr;
  decltype(&::zip_open_from_source) zip_open_from_source = nullptr;
  decltype(&::zip_discard) zip_discard = nullptr;
  decltype(&::zip_name_locate) zip_name_locate = nullptr;
  decltype(&::zip_fopen_index) zip_fopen_index = nullptr;
  decltype(&::zip_fread) zip_fread = nullptr;
  decltype(&::zip_fclose) zip_fclose = nullptr;

  decltype(&::XML_ParserCreate) XML_ParserCreate = nullptr;
  decltype(&::XML_ParserFree) XML_ParserFree = nullptr;
  decltype(&::XML_SetUserData) XML_SetUserData = nullptr;
  decltype(&::XML_SetElementHandler) XML_SetElementHandler = nullptr;
  decltype(&::XML_SetCharacterDataHandler) XML_SetCharacterDataHandler = nullptr;
  decltype(&::XML_SetStartDoctypeDeclHandler) XML_SetStartDoctypeDeclHandler = nullptr;
  decltype(&::XML_Parse) XML_Parse = nullptr;
  decltype(&::XML_StopParser) XML_StopParser = nullptr;
};

}  // namespace taizhang::sheet
