# The libraries we stand on, each behind one target, private to our implementation.

find_package(Threads REQUIRED)
find_package(CURL 7.80 REQUIRED)
find_package(OpenSSL 1.1.1 REQUIRED)

# Debian's RapidJSON package defines no target, Conan's is called rapidjson: this hides both.
# As SYSTEM and never installed, so that it enters no consumer's build.
find_package(RapidJSON QUIET)
add_library(refundkit_rapidjson INTERFACE)
if(TARGET rapidjson)
  target_link_libraries(refundkit_rapidjson INTERFACE rapidjson)
else()
  find_path(REFUNDKIT_RAPIDJSON_INCLUDE_DIR rapidjson/reader.h HINTS ${RAPIDJSON_INCLUDE_DIRS}
                                                                     ${RapidJSON_INCLUDE_DIRS} REQUIRED)
  target_include_directories(refundkit_rapidjson SYSTEM
                             INTERFACE "${REFUNDKIT_RAPIDJSON_INCLUDE_DIR}")
endif()

# Header-only Boost (Beast on Asio) carries the sandbox's server and nothing else.
if(REFUNDKIT_BUILD_CLI OR REFUNDKIT_BUILD_TESTS)
  find_package(Boost 1.74 REQUIRED)
endif()
if(REFUNDKIT_BUILD_CLI)
  find_package(CLI11 2 REQUIRED)
endif()
if(REFUNDKIT_BUILD_TESTS)
  find_package(GTest 1.12 REQUIRED)
endif()
