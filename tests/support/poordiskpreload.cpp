// Loaded in front of the C library (LD_PRELOAD): below one folder the disk is as another one might be. For tests, which
// may run as root and can mount nothing.
//
//   STOPDESK_POOR_DISK   the folder
//   STOPDESK_DISK_LACKS  what there fails: locks, those of whole files (flock), writing, room or reach: it is a network's,
//                        and no lock is seen by other computers
//                        Or trust: whoever is at the other end of a socket is said to be of another account.
//   STOPDESK_DISK_SPARES one file there that is as on any disk
//   STOPDESK_DISK_ERROR  with which number of errno; without it as most disks do
#include <cerrno>
#include <climits>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/vfs.h>
#include <unistd.h>

namespace {

template <class Function> Function real(const char *name)
{
    return reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
}

bool lacks(const char *what)
{
    const char *lacking = std::getenv("STOPDESK_DISK_LACKS");
    return lacking && std::strcmp(lacking, what) == 0;
}

int failed(int usual)
{
    const char *error = std::getenv("STOPDESK_DISK_ERROR");
    errno = error ? std::atoi(error) : usual;
    return -1;
}

/// Of an absolute path, as all of a test's are.
bool isPoor(const char *path)
{
    const char *folder = std::getenv("STOPDESK_POOR_DISK");
    const char *spared = std::getenv("STOPDESK_DISK_SPARES");
    const size_t length = folder ? std::strlen(folder) : 0;
    if (path && spared && std::strcmp(path, spared) == 0)
        return false;
    return length > 0 && path && std::strncmp(path, folder, length) == 0 && (path[length] == '/' || path[length] == '\0');
}

bool isPoor(int file)
{
    char link[64];
    char path[PATH_MAX];
    std::snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    const ssize_t length = ::readlink(link, path, sizeof path - 1);
    if (length <= 0)
        return false;
    path[length] = '\0';
    return isPoor(path);
}

bool mayNotWrite(const char *path)
{
    return lacks("writing") && isPoor(path);
}

bool isThere(const char *path)
{
    return ::faccessat(AT_FDCWD, path, F_OK, 0) == 0;
}

/// That something is there already is said before that nothing can be written.
bool refusesToOpen(const char *path, int flags)
{
    if (!mayNotWrite(path) || (isThere(path) && (flags & O_CREAT) && (flags & O_EXCL)))
        return false;
    return (flags & O_ACCMODE) != O_RDONLY || ((flags & O_CREAT) && !isThere(path));
}

bool hasNoRoom(int file)
{
    return lacks("room") && isPoor(file);
}

mode_t modeOf(int flags, va_list arguments)
{
    return (flags & O_CREAT) || (flags & O_TMPFILE) == O_TMPFILE ? va_arg(arguments, mode_t) : 0;
}

int opened(int folder, const char *path, int flags, mode_t mode)
{
    return refusesToOpen(path, flags)
        ? failed(EROFS)
        : real<int (*)(int, const char *, int, mode_t)>("openat")(folder, path, flags, mode);
}

bool refusesLock(int file, int command)
{
    const bool isLock = command == F_SETLK || command == F_SETLKW || command == F_OFD_SETLK || command == F_OFD_SETLKW
        || command == F_GETLK;
    return isLock && lacks("locks") && isPoor(file);
}

}

// The C library has each of these under two names, and a program may ask for either.
#define STOPDESK_OPEN(name)                                                                                            \
    extern "C" int name(const char *path, int flags, ...)                                                              \
    {                                                                                                                  \
        va_list arguments;                                                                                             \
        va_start(arguments, flags);                                                                                    \
        const mode_t mode = modeOf(flags, arguments);                                                                  \
        va_end(arguments);                                                                                             \
        return opened(AT_FDCWD, path, flags, mode);                                                                    \
    }
#define STOPDESK_OPENAT(name)                                                                                          \
    extern "C" int name(int folder, const char *path, int flags, ...)                                                  \
    {                                                                                                                  \
        va_list arguments;                                                                                             \
        va_start(arguments, flags);                                                                                    \
        const mode_t mode = modeOf(flags, arguments);                                                                  \
        va_end(arguments);                                                                                             \
        return opened(folder, path, flags, mode);                                                                      \
    }
#define STOPDESK_FCNTL(name)                                                                                           \
    extern "C" int name(int file, int command, ...)                                                                    \
    {                                                                                                                  \
        va_list arguments;                                                                                             \
        va_start(arguments, command);                                                                                  \
        void *argument = va_arg(arguments, void *);                                                                    \
        va_end(arguments);                                                                                             \
        return refusesLock(file, command) ? failed(ENOLCK)                                                             \
                                          : real<int (*)(int, int, void *)>(#name)(file, command, argument);           \
    }
#define STOPDESK_PWRITE(name, offset_type)                                                                             \
    extern "C" ssize_t name(int file, const void *bytes, size_t size, offset_type offset)                              \
    {                                                                                                                  \
        return hasNoRoom(file)                                                                                         \
            ? failed(ENOSPC)                                                                                           \
            : real<ssize_t (*)(int, const void *, size_t, offset_type)>(#name)(file, bytes, size, offset);             \
    }

#define STOPDESK_MKOSTEMP(name)                                                                                        \
    extern "C" int name(char *path, int flags)                                                                         \
    {                                                                                                                  \
        return mayNotWrite(path) ? failed(EROFS) : real<int (*)(char *, int)>(#name)(path, flags);                     \
    }
#define STOPDESK_STATFS(name)                                                                                          \
    extern "C" int name(const char *path, struct name *disk) noexcept                                                  \
    {                                                                                                                  \
        const int result = real<int (*)(const char *, struct name *)>(#name)(path, disk);                              \
        if (result == 0 && lacks("reach") && isPoor(path))                                                             \
            disk->f_type = 0x6969; /* NFS */                                                                           \
        return result;                                                                                                 \
    }

STOPDESK_OPEN(open)
STOPDESK_OPEN(open64)
STOPDESK_OPENAT(openat)
STOPDESK_OPENAT(openat64)
STOPDESK_FCNTL(fcntl)
STOPDESK_FCNTL(fcntl64)
STOPDESK_MKOSTEMP(mkostemp)
STOPDESK_MKOSTEMP(mkostemp64)
STOPDESK_STATFS(statfs)
STOPDESK_STATFS(statfs64)
STOPDESK_PWRITE(pwrite, off_t)
STOPDESK_PWRITE(pwrite64, off64_t)

extern "C" ssize_t write(int file, const void *bytes, size_t size)
{
    return hasNoRoom(file) ? failed(ENOSPC) : real<ssize_t (*)(int, const void *, size_t)>("write")(file, bytes, size);
}

extern "C" int flock(int file, int operation) noexcept
{
    return (lacks("locks") || lacks("flock")) && isPoor(file) ? failed(ENOLCK)
                                                              : real<int (*)(int, int)>("flock")(file, operation);
}

extern "C" int mkdir(const char *path, mode_t mode) noexcept
{
    return mayNotWrite(path) && !isThere(path) ? failed(EROFS) : real<int (*)(const char *, mode_t)>("mkdir")(path, mode);
}

extern "C" int unlink(const char *path) noexcept
{
    return mayNotWrite(path) ? failed(EROFS) : real<int (*)(const char *)>("unlink")(path);
}

extern "C" int rename(const char *from, const char *to) noexcept
{
    return mayNotWrite(to) ? failed(EROFS) : real<int (*)(const char *, const char *)>("rename")(from, to);
}

extern "C" int access(const char *path, int mode) noexcept
{
    return (mode & W_OK) && mayNotWrite(path) ? failed(EROFS) : real<int (*)(const char *, int)>("access")(path, mode);
}

extern "C" int getsockopt(int socket, int level, int option, void *value, socklen_t *length) noexcept
{
    const int result = real<int (*)(int, int, int, void *, socklen_t *)>("getsockopt")(socket, level, option, value, length);
    if (result == 0 && level == SOL_SOCKET && option == SO_PEERCRED && lacks("trust"))
        ++static_cast<ucred *>(value)->uid;
    return result;
}

extern "C" int bind(int socket, const sockaddr *address, socklen_t length) noexcept
{
    const bool isFile = address->sa_family == AF_UNIX;
    return isFile && mayNotWrite(reinterpret_cast<const sockaddr_un *>(address)->sun_path)
        ? failed(EROFS)
        : real<int (*)(int, const sockaddr *, socklen_t)>("bind")(socket, address, length);
}
