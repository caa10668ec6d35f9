// What packaging/hardening.cmake does, on a program of few lines: each of its protections has something to protect.
#include <cstdio>
#include <cstring>
#include <vector>

int main(int count, char **words)
{
    char first[16];
    std::vector<int> numbers(std::size_t(count), 7);
    std::memcpy(first, words[0], std::strlen(words[0]) + 1);
    std::printf("%s %d\n", first, numbers[std::size_t(count) - 1]);
    return 0;
}
