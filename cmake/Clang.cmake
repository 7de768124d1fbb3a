# Toolchain of the presets that need clang: version 14 where it is there, else the newest.
find_program(
  CMAKE_CXX_COMPILER
  NAMES clang++-14 clang++-21 clang++-20 clang++-19 clang++-18 clang++-17 clang++-16 clang++-15
        clang++ REQUIRED)
