# What makes a fault of the program harder to use against its owner, for every optimised build, whoever builds it: the
# target stopdesk_hardening carries what compiler and linker know of it. tests/packaging reads it off the program.
include(CheckCXXCompilerFlag)
include(CheckCXXSourceCompiles)
include(CheckLinkerFlag)
include(CheckPIESupported)

add_library(stopdesk_hardening INTERFACE)
check_pie_supported(LANGUAGES CXX)
set_target_properties(stopdesk_hardening PROPERTIES INTERFACE_POSITION_INDEPENDENT_CODE ON)

foreach(flag
        -fstack-protector-strong
        -fstack-clash-protection
        -fcf-protection # x86
        -mbranch-protection=standard) # ARM
    string(MAKE_C_IDENTIFIER "STOPDESK_HAS${flag}" has)
    check_cxx_compiler_flag(${flag} ${has})
    if(${has})
        target_compile_options(stopdesk_hardening INTERFACE ${flag})
    endif()
endforeach()
foreach(flag -Wl,-z,relro -Wl,-z,now -Wl,-z,noexecstack)
    string(MAKE_C_IDENTIFIER "STOPDESK_HAS${flag}" has)
    check_linker_flag(CXX ${flag} ${has})
    if(${has})
        target_link_options(stopdesk_hardening INTERFACE ${flag})
    endif()
endforeach()
target_compile_options(stopdesk_hardening INTERFACE -Wformat -Werror=format-security)
target_compile_definitions(stopdesk_hardening INTERFACE _GLIBCXX_ASSERTIONS)

# Checks of the C library's calls, at the highest level that compiler and library know together. Where whoever builds it
# or the compiler's own default has set one, it stays.
set(CMAKE_REQUIRED_FLAGS -O2)
check_cxx_source_compiles("
#ifdef _FORTIFY_SOURCE
#error set already
#endif
int main() { return 0; }" STOPDESK_MAY_FORTIFY)
if(STOPDESK_MAY_FORTIFY)
    set(CMAKE_REQUIRED_DEFINITIONS -D_FORTIFY_SOURCE=3)
    check_cxx_source_compiles("
#include <cstdlib>
#if __USE_FORTIFY_LEVEL < 3
#error treated as less
#endif
int main() { return 0; }" STOPDESK_FORTIFIES_MOST)
    unset(CMAKE_REQUIRED_DEFINITIONS)
    target_compile_definitions(stopdesk_hardening INTERFACE
        _FORTIFY_SOURCE=$<IF:$<BOOL:${STOPDESK_FORTIFIES_MOST}>,3,2>)
endif()
unset(CMAKE_REQUIRED_FLAGS)

# The last -O decides. Sanitizers bring checks of their own, and do not see through these.
string(TOUPPER "CMAKE_CXX_FLAGS_${CMAKE_BUILD_TYPE}" flags_of_type)
set(flags "${CMAKE_CXX_FLAGS} ${${flags_of_type}}")
string(REGEX MATCHALL "-O[^ ]*" levels "${flags}")
list(POP_BACK levels level)
if(level MATCHES "^-O([123s]|fast)$" AND NOT flags MATCHES "-fsanitize=")
    link_libraries(stopdesk_hardening)
endif()
