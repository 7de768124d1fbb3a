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

# refundkit_add_test(<name> SOURCES … [LIBRARIES …] [LABELS …] [INCLUDES …] [DEFINITIONS …])
function(refundkit_add_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LIBRARIES;LABELS;INCLUDES;DEFINITIONS")
  include(GoogleTest)
  add_executable(${name} ${arg_SOURCES})
  target_compile_features(${name} PRIVATE cxx_std_17)
  set_target_properties(${name} PROPERTIES CXX_EXTENSIONS OFF)
  target_include_directories(${name} PRIVATE ${arg_INCLUDES})
  target_compile_definitions(${name} PRIVATE ${arg_DEFINITIONS})
  target_link_libraries(${name} PRIVATE ${arg_LIBRARIES} GTest::gmock_main)
  gtest_discover_tests(${name} DISCOVERY_TIMEOUT 60 PROPERTIES LABELS "${arg_LABELS}" TIMEOUT 120)
endfunction()
