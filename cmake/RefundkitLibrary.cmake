# refundkit_add_library(<component> SOURCES … [HEADERS_FROM <dir>] [PUBLIC …] [PRIVATE …] [INTERNAL])
#
# Makes the target refundkit_<component> with the alias refundkit::<component>: C++17, hidden
# symbols, public headers below HEADERS_FROM. INTERNAL libraries are static in every build and are
# not meant to be linked by name.
function(refundkit_add_library component)
  cmake_parse_arguments(PARSE_ARGV 1 arg "INTERNAL" "HEADERS_FROM" "SOURCES;PUBLIC;PRIVATE")
  set(target refundkit_${component})
  if(arg_INTERNAL)
    add_library(${target} STATIC ${arg_SOURCES})
  else()
    add_library(${target} ${arg_SOURCES})
  endif()
  add_library(refundkit::${component} ALIAS ${target})
  target_compile_features(${target} PUBLIC cxx_std_17)
  set_target_properties(
    ${target}
    PROPERTIES CXX_EXTENSIONS OFF
               CXX_VISIBILITY_PRESET hidden
               VISIBILITY_INLINES_HIDDEN ON
               POSITION_INDEPENDENT_CODE ON
               EXPORT_NAME ${component}
               VERSION ${PROJECT_VERSION}
               SOVERSION ${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR})
  if(arg_HEADERS_FROM)
    file(GLOB_RECURSE headers CONFIGURE_DEPENDS "${arg_HEADERS_FROM}/*.hpp")
    target_sources(${target} PUBLIC FILE_SET HEADERS BASE_DIRS "${arg_HEADERS_FROM}" FILES
                                    ${headers})
  endif()
  target_link_libraries(
    ${target}
    PUBLIC ${arg_PUBLIC}
    PRIVATE ${arg_PRIVATE})
endfunction()

# Builds the tests labelled threads: what the preset tsan builds and runs.
add_custom_target(refundkit_thread_tests)
# Builds every fuzzer: what the preset fuzz builds and runs.
add_custom_target(refundkit_fuzzers)

# refundkit_add_test(<name> SOURCES … [LIBRARIES …] [LABELS …] [INCLUDES …] [DEFINITIONS …])
#
# INCLUDES are for tests that look behind the public headers. A shared build hides what they look
# at, so they are built in the static presets only.
function(refundkit_add_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LIBRARIES;LABELS;INCLUDES;DEFINITIONS")
  if(BUILD_SHARED_LIBS AND arg_INCLUDES)
    return()
  endif()
  include(GoogleTest)
  add_executable(${name} ${arg_SOURCES})
  target_compile_features(${name} PRIVATE cxx_std_17)
  set_target_properties(${name} PROPERTIES CXX_EXTENSIONS OFF)
  target_include_directories(${name} PRIVATE ${arg_INCLUDES})
  target_compile_definitions(${name} PRIVATE ${arg_DEFINITIONS})
  target_link_libraries(${name} PRIVATE ${arg_LIBRARIES} GTest::gmock_main)
  gtest_discover_tests(${name} NO_PRETTY_VALUES DISCOVERY_TIMEOUT 60 PROPERTIES TIMEOUT 120)
  # gtest_discover_tests loses all labels but the first: they are set once the tests are known.
  set(labels "${CMAKE_CURRENT_BINARY_DIR}/${name}_labels.cmake")
  file(WRITE "${labels}" "if(${name}_TESTS)
  set_tests_properties(\${${name}_TESTS} PROPERTIES LABELS \"${arg_LABELS}\")
endif()
")
  set_property(DIRECTORY APPEND PROPERTY TEST_INCLUDE_FILES "${labels}")
  if("threads" IN_LIST arg_LABELS)
    add_dependencies(refundkit_thread_tests ${name})
  endif()
endfunction()

# refundkit_add_fuzzer(<name> SOURCES … SEEDS <dir> [LIBRARIES …] [INCLUDES …])
#
# The sources define LLVMFuzzerTestOneInput. With REFUNDKIT_FUZZ (clang) the program searches, and
# its test is a short search from SEEDS; else it only replays SEEDS, under any compiler.
function(refundkit_add_fuzzer name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "SEEDS" "SOURCES;LIBRARIES;INCLUDES")
  if(BUILD_SHARED_LIBS AND arg_INCLUDES)
    return()
  endif()
  add_executable(${name} ${arg_SOURCES})
  target_compile_features(${name} PRIVATE cxx_std_17)
  set_target_properties(${name} PROPERTIES CXX_EXTENSIONS OFF)
  target_include_directories(${name} PRIVATE ${arg_INCLUDES})
  target_link_libraries(${name} PRIVATE ${arg_LIBRARIES})
  if(REFUNDKIT_FUZZ)
    target_link_options(${name} PRIVATE -fsanitize=fuzzer)
    set(found "${CMAKE_CURRENT_BINARY_DIR}/${name}_found")
    file(MAKE_DIRECTORY "${found}")
    add_test(NAME ${name} COMMAND ${name} -runs=200000 -max_total_time=60 -timeout=10
                                  "${found}" "${arg_SEEDS}")
  else()
    target_sources(${name} PRIVATE "${PROJECT_SOURCE_DIR}/tests/fuzz/replay.cpp")
    add_test(NAME ${name} COMMAND ${name} "${arg_SEEDS}")
  endif()
  set_tests_properties(${name} PROPERTIES LABELS fuzz TIMEOUT 120)
  add_dependencies(refundkit_fuzzers ${name})
endfunction()
