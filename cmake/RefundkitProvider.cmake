# refundkit_add_provider(<name> SOURCES … [SIMULATOR …] [TESTS …] [TEST_DEFINITIONS …])
#
# All a provider's folder calls. Makes refundkit::<name> (the adapter), refundkit_<name>_simulator
# and the test program <name>_test, and enters the provider in the generated registries: the folder
# must define, in namespace refundkit::<name>, `const Provider& provider()` declared in
# refundkit/providers/<name>.hpp, and in namespace refundkit::simulation
# `std::unique_ptr<Simulator> make_<name>_simulator()` declared in simulator/<name>_simulator.hpp.
function(refundkit_add_provider name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;SIMULATOR;TESTS;TEST_DEFINITIONS")
  if(NOT EXISTS "${CMAKE_CURRENT_SOURCE_DIR}/include/refundkit/providers/${name}.hpp")
    message(FATAL_ERROR "providers/${name}: include/refundkit/providers/${name}.hpp is missing")
  endif()
  if(NOT arg_TESTS)
    message(FATAL_ERROR "providers/${name}: a provider without tests is not added")
  endif()

  refundkit_add_library(
    ${name}
    SOURCES ${arg_SOURCES}
    HEADERS_FROM "${CMAKE_CURRENT_SOURCE_DIR}/include"
    PUBLIC refundkit::core
    PRIVATE refundkit_wire)
  target_include_directories(refundkit_${name} PRIVATE "${CMAKE_CURRENT_SOURCE_DIR}/src")

  refundkit_add_library(
    ${name}_simulator INTERNAL
    SOURCES ${arg_SIMULATOR}
    PUBLIC refundkit::simulation)
  target_include_directories(refundkit_${name}_simulator PUBLIC "${CMAKE_CURRENT_SOURCE_DIR}")
  target_link_libraries(refundkit_${name}_simulator PRIVATE refundkit_rapidjson OpenSSL::Crypto)

  set_property(GLOBAL APPEND PROPERTY REFUNDKIT_PROVIDERS ${name})

  if(REFUNDKIT_BUILD_TESTS)
    refundkit_add_test(
      ${name}_test
      SOURCES ${arg_TESTS}
      LIBRARIES refundkit::${name} refundkit_${name}_simulator refundkit_wire refundkit::testing
      INCLUDES "${CMAKE_CURRENT_SOURCE_DIR}/src"
      DEFINITIONS ${arg_TEST_DEFINITIONS}
      LABELS unit)
  endif()
endfunction()

# refundkit_write_registries(<dir>): writes providers.{hpp,cpp} and simulators.{hpp,cpp} from the
# folders that called refundkit_add_provider, and makes the libraries refundkit_providers and
# refundkit_simulators of them. There is no list of providers to keep.
function(refundkit_write_registries)
  get_property(names GLOBAL PROPERTY REFUNDKIT_PROVIDERS)
  list(SORT names)
  set(dir "${CMAKE_CURRENT_BINARY_DIR}/registries")
  set(provider_includes "")
  set(provider_calls "")
  set(simulator_includes "")
  set(simulator_calls "")
  set(provider_libraries "")
  set(simulator_libraries "")
  foreach(name IN LISTS names)
    string(APPEND provider_includes "#include \"refundkit/providers/${name}.hpp\"\n")
    string(APPEND provider_calls "  registry.add(${name}::provider());\n")
    string(APPEND simulator_includes "#include \"simulator/${name}_simulator.hpp\"\n")
    string(APPEND simulator_calls "  all.push_back(make_${name}_simulator());\n")
    list(APPEND provider_libraries refundkit::${name})
    list(APPEND simulator_libraries refundkit_${name}_simulator)
  endforeach()
  foreach(file IN ITEMS providers.hpp providers.cpp simulators.hpp simulators.cpp)
    configure_file("${PROJECT_SOURCE_DIR}/cmake/${file}.in" "${dir}/${file}" @ONLY)
  endforeach()

  refundkit_add_library(
    providers INTERNAL
    SOURCES "${dir}/providers.cpp"
    PUBLIC refundkit::core ${provider_libraries})
  target_include_directories(refundkit_providers PUBLIC "${dir}")
  refundkit_add_library(
    simulators INTERNAL
    SOURCES "${dir}/simulators.cpp"
    PUBLIC refundkit::simulation ${simulator_libraries})
  target_include_directories(refundkit_simulators PUBLIC "${dir}")
endfunction()
