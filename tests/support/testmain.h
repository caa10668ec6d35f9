#pragma once

#include <QTest>

#ifdef QT_WIDGETS_LIB
#include <QApplication>
#endif

/// Runs a test class under an application of its own; what a test of ctest calls.
template <class Test, class Application> int runTest(int argc, char *argv[])
{
    QTest::Internal::callInitMain<Test>();
    Application application(argc, argv);
    Test test;
    return QTest::qExec(&test, argc, argv);
}

// STOPDESK_TEST(wire, TestWire, QCoreApplication) in tst_wire.cpp, whose content stands in the namespace wire_test: the
// entry point that the room's driver calls, see tests/CMakeLists.txt. One program holds all tests of a room.
#define STOPDESK_TEST(name, Class, Application) \
    int tst_##name(int argc, char *argv[]) \
    { \
        return runTest<name##_test::Class, Application>(argc, argv); \
    }
