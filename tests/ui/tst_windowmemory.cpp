#include "tests/support/testmain.h"
#include "ui/windowmemory.h"

#include <QFile>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>
#include <QWidget>

namespace windowmemory_test {

using namespace Qt::StringLiterals;

/// Where the window's place is kept, and what is left alone.
class WindowMemoryTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;

    QString own() const { return m_folder->filePath(u"window.ini"_s); }
    QString earlier() const { return m_folder->filePath(u"stopdesk.ini"_s); }
    static QByteArray contentOf(const QString &path)
    {
        QFile file(path);
        return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray();
    }
    static void write(const QString &path, const QByteArray &content)
    {
        QFile file(path);
        QVERIFY(file.open(QFile::WriteOnly));
        file.write(content);
    }

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void whatWasKeptIsThereTheNextTime()
    {
        WindowMemory(own()).keepColumns("wide");
        QCOMPARE(WindowMemory(own(), earlier()).columns(), QByteArray("wide"));
        WindowMemory({}).keepColumns("nowhere");
        QVERIFY(WindowMemory({}).columns().isEmpty());
    }

    void anEarlierPlaceIsReadUntilThereIsAFileOfItsOwn()
    {
        const QByteArray before = "[connections]\nversion=99\n\n[window]\nconversationColumns=@ByteArray(old)\n";
        write(earlier(), before);
        const WindowMemory memory(own(), earlier());
        QCOMPARE(memory.columns(), QByteArray("old"));
        QWidget window;
        memory.keepWindow(window);
        memory.keepColumns("new");
        QCOMPARE(WindowMemory(own(), earlier()).columns(), QByteArray("new"));
        QCOMPARE(contentOf(earlier()), before);
    }

    void aFileOfAnotherVersionIsLeftAsItIs()
    {
        const QByteArray newer = "[window]\nconversationColumns=@ByteArray(newer)\nversion=2\n";
        write(own(), newer);
        write(earlier(), "[window]\nconversationColumns=@ByteArray(old)\n");
        const WindowMemory memory(own(), earlier());
        QVERIFY(memory.columns().isEmpty());
        memory.keepColumns("ours");
        QCOMPARE(contentOf(own()), newer);
    }
};

}

STOPDESK_TEST(windowmemory, WindowMemoryTest, QApplication)
#include "tst_windowmemory.moc"
