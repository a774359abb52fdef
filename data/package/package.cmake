# `cmake --install` (any prefix, DESTDIR) and `cpack -G DEB`. Pages for `man` are made where scdoc,
# python3 and gzip are there; nothing else needs them.
include(GNUInstallDirs)
set(package_folder "${PROJECT_SOURCE_DIR}/data/package")
set(doc_folder "${CMAKE_INSTALL_DATADIR}/doc/taizhang")

# ---- The day of everything that carries one: SOURCE_DATE_EPOCH, else the last commit -----------------
set(source_epoch "$ENV{SOURCE_DATE_EPOCH}")
if(source_epoch STREQUAL "")
  execute_process(COMMAND git -C "${PROJECT_SOURCE_DIR}" log -1 --format=%ct
    OUTPUT_VARIABLE source_epoch OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE no_git)
  if(no_git)
    set(source_epoch 0)
  endif()
endif()

# ---- Files -------------------------------------------------------------------------------------------
install(TARGETS taizhang RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}")
set(completion_folder "${PROJECT_SOURCE_DIR}/data/completion")
install(FILES "${completion_folder}/taizhang.bash" RENAME taizhang
  DESTINATION "${CMAKE_INSTALL_DATADIR}/bash-completion/completions")
install(FILES "${completion_folder}/taizhang.fish"
  DESTINATION "${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d")
if(EXISTS /etc/debian_version)
  set(zsh_folder vendor-completions)
else()
  set(zsh_folder site-functions)
endif()
install(FILES "${completion_folder}/taizhang.zsh" RENAME _taizhang
  DESTINATION "${CMAKE_INSTALL_DATADIR}/zsh/${zsh_folder}")
install(DIRECTORY "${PROJECT_SOURCE_DIR}/data/schema" "${PROJECT_SOURCE_DIR}/data/rules"
  DESTINATION "${CMAKE_INSTALL_DATADIR}/taizhang")
install(DIRECTORY "${PROJECT_SOURCE_DIR}/examples/systemd/" DESTINATION lib/systemd/user)
install(DIRECTORY "${PROJECT_SOURCE_DIR}/examples/baoji" DESTINATION "${doc_folder}/examples"
  PATTERN .taizhang EXCLUDE)
install(FILES "${PROJECT_SOURCE_DIR}/README.md" "${PROJECT_SOURCE_DIR}/examples/README.zh.md"
  "${package_folder}/copyright" DESTINATION "${doc_folder}")

# ---- Pages for `man`, and the changelog, packed as the system expects them ----------------------------
find_program(SCDOC scdoc)
find_program(GZIP gzip)
find_package(Python3 COMPONENTS Interpreter QUIET)
mark_as_advanced(SCDOC GZIP)
if(GZIP)
  add_custom_command(OUTPUT changelog.gz
    COMMAND "${GZIP}" -9n < "${package_folder}/changelog" > changelog.gz
    DEPENDS "${package_folder}/changelog" VERBATIM)
  add_custom_target(changelog ALL DEPENDS changelog.gz)
  install(FILES "${PROJECT_BINARY_DIR}/changelog.gz" DESTINATION "${doc_folder}")
endif()
if(SCDOC AND GZIP AND Python3_FOUND)
  file(GLOB man_sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/cmd/*.md"
    "${PROJECT_SOURCE_DIR}/cmd/topics/*.md")
  add_custom_command(OUTPUT man/done
    COMMAND "${CMAKE_COMMAND}" -E rm -rf man
    COMMAND "${Python3_EXECUTABLE}" "${package_folder}/man.py" "${PROJECT_SOURCE_DIR}"
      "${PROJECT_VERSION}" man
    COMMAND "${CMAKE_COMMAND}" -E env "SOURCE_DATE_EPOCH=${source_epoch}"
      sh "${package_folder}/man.sh" "${SCDOC}" "${GZIP}" man
    COMMAND "${CMAKE_COMMAND}" -E touch man/done
    DEPENDS ${man_sources} "${package_folder}/man.py" "${package_folder}/man.sh"
      "${PROJECT_SOURCE_DIR}/README.md" "${PROJECT_SOURCE_DIR}/cmd/commands.cpp"
    COMMENT "Making the pages for man" VERBATIM)
  add_custom_target(man ALL DEPENDS man/done)
  foreach(section IN ITEMS 1 5)
    install(DIRECTORY "${PROJECT_BINARY_DIR}/man/en/"
      DESTINATION "${CMAKE_INSTALL_MANDIR}/man${section}" FILES_MATCHING PATTERN "*.${section}.gz")
    install(DIRECTORY "${PROJECT_BINARY_DIR}/man/zh_CN/"
      DESTINATION "${CMAKE_INSTALL_MANDIR}/zh_CN/man${section}"
      FILES_MATCHING PATTERN "*.${section}.gz")
  endforeach()
else()
  message(STATUS "No pages for man: they take scdoc, python3 and gzip")
endif()

# ---- The Debian package ------------------------------------------------------------------------------
# What is loaded at run time is in no header that dpkg-shlibdeps could read.
set(loaded_packages libxlsxwriter4 libzip4 libexpat1)
find_program(DPKG dpkg)
find_program(DPKG_SHLIBDEPS dpkg-shlibdeps)
mark_as_advanced(DPKG DPKG_SHLIBDEPS)
if(DPKG)
  set(loaded_packages "")
  foreach(library IN ITEMS "${xlsxwriter_library}" "${zip_library}" "${expat_library}")
    file(REAL_PATH "${library}" library)
    # Where /lib is a link to /usr/lib, the package may know the file by either name.
    string(REGEX REPLACE "^/usr/" "/" short "${library}")
    foreach(path IN ITEMS "${library}" "${short}")
      execute_process(COMMAND "${DPKG}" -S "${path}" OUTPUT_VARIABLE owner ERROR_QUIET)
      if(owner MATCHES "^([a-z0-9.+-]+)")
        list(APPEND loaded_packages "${CMAKE_MATCH_1}")
        break()
      endif()
    endforeach()
  endforeach()
  list(REMOVE_DUPLICATES loaded_packages)
endif()
list(JOIN loaded_packages ", " loaded_packages)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME taizhang)
set(CPACK_PACKAGE_VERSION "${PROJECT_VERSION}")
set(CPACK_PACKAGE_CONTACT "taizhang maintainers <taizhang@packages.invalid>" CACHE STRING
  "Who answers for the package")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "ledgers for rectifying weak village party organisations")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
  OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
set(CPACK_DEBIAN_PACKAGE_SECTION utils)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
if(DPKG_SHLIBDEPS)
  set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
endif()
set(CPACK_DEBIAN_PACKAGE_DEPENDS "${loaded_packages}")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS git)
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
"Command-line toolkit for the ledgers with which Chinese county offices
find and rectify weak village party organisations. Ledgers are plain text,
one file for each village, kept in git. States, totals and lateness are
computed by replaying dated entries up to a day; screening rules are data.
.
It reads and writes office sheets (xlsx, CSV) and makes half-monthly,
monthly, quarterly and yearly reports. All texts are in Chinese and English.")
include(CPack)
