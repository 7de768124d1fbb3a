# Read by the presets: compiles through ccache where the machine has it.
find_program(REFUNDKIT_CCACHE ccache)
if(REFUNDKIT_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${REFUNDKIT_CCACHE}")
endif()
