#include "app/types/ownfiles.h"
#include "tests/support/testmain.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QtTest>

#include <sys/stat.h>

namespace ownfiles_test {

using namespace Qt::StringLiterals;

/// A folder as an earlier version may have left it, on a computer that others use too.
class TestOwnFiles : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_outside;
    QString m_folder;

    QString at(const QString &name) const { return m_folder + u'/' + name; }
    static QByteArray encoded(const QString &path) { return QFile::encodeName(path); }
    static void make(const QString &file, mode_t mode)
    {
        QFile made(file);
        QVERIFY(made.open(QFile::WriteOnly));
        QCOMPARE(::chmod(encoded(file).constData(), mode), 0);
    }
    static void makeFolder(const QString &folder, mode_t mode)
    {
        QVERIFY(QDir().mkpath(folder));
        QCOMPARE(::chmod(encoded(folder).constData(), mode), 0);
    }
    static QString modeOf(const QString &path)
    {
        struct stat entry {};
        return ::lstat(encoded(path).constData(), &entry) == 0 ? QString::number(entry.st_mode & 07777, 8) : u"gone"_s;
    }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_outside = std::make_unique<QTemporaryDir>();
        m_folder = m_outside->filePath(u"stopdesk"_s);
        makeFolder(m_folder, 0755);
    }

    void allInItIsTheOwnersAlone()
    {
        make(at(u"stopdesk.ini"_s), 0644);
        make(at(u".hidden"_s), 0666);
        make(at(u"protected"_s), 0444);
        make(at(u"program"_s), 0755);
        makeFolder(at(u"sends"_s), 0777);
        make(at(u"sends/one.sends"_s), 0664);
        closeFolderToOthers(m_folder);
        QCOMPARE(modeOf(m_folder), u"700"_s);
        QCOMPARE(modeOf(at(u"stopdesk.ini"_s)), u"600"_s);
        QCOMPARE(modeOf(at(u".hidden"_s)), u"600"_s);
        QCOMPARE(modeOf(at(u"protected"_s)), u"400"_s);
        QCOMPARE(modeOf(at(u"program"_s)), u"600"_s);
        QCOMPARE(modeOf(at(u"sends"_s)), u"700"_s);
        QCOMPARE(modeOf(at(u"sends/one.sends"_s)), u"600"_s);
    }

    void whatALinkLeadsToStaysAsItIs()
    {
        const QString file = m_outside->filePath(u"elsewhere"_s);
        const QString folder = m_outside->filePath(u"other"_s);
        make(file, 0644);
        makeFolder(folder, 0755);
        make(folder + u"/in it"_s, 0644);
        QVERIFY(QFile::link(file, at(u"journal.sqlite"_s)));
        QVERIFY(QFile::link(folder, at(u"sends"_s)));
        QVERIFY(QFile::link(m_outside->filePath(u"nowhere"_s), at(u"gone"_s)));
        closeFolderToOthers(m_folder);
        closeToOthers(at(u"journal.sqlite"_s));
        QCOMPARE(modeOf(file), u"644"_s);
        QCOMPARE(modeOf(folder), u"755"_s);
        QCOMPARE(modeOf(folder + u"/in it"_s), u"644"_s);
        QCOMPARE(QDir(m_folder).entryList(QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot).size(), 3);
    }

    void pipesGoAndNothingElseDoes()
    {
        const QString outside = m_outside->filePath(u"pipe"_s);
        QCOMPARE(::mkfifo(encoded(outside).constData(), 0600), 0);
        QCOMPARE(::mkfifo(encoded(at(u"stopdesk.ini.lock"_s)).constData(), 0600), 0);
        QVERIFY(QFile::link(outside, at(u"stopdesk.ini"_s)));
        QVERIFY(QFile::link(u"/dev/null"_s, at(u"window.ini"_s)));
        make(at(u"journal.sqlite"_s), 0600);
        closeFolderToOthers(m_folder);
        QCOMPARE(modeOf(at(u"stopdesk.ini.lock"_s)), u"gone"_s);
        QCOMPARE(modeOf(at(u"stopdesk.ini"_s)), u"gone"_s);
        QCOMPARE(modeOf(outside), u"600"_s); // the link went
        QVERIFY(QFileInfo(at(u"window.ini"_s)).isSymLink());
        QCOMPARE(modeOf(at(u"journal.sqlite"_s)), u"600"_s);
    }

    void whatIsNotThereIsNoMatter()
    {
        closeFolderToOthers(at(u"nowhere"_s));
        closeToOthers(at(u"nowhere"_s));
        dropPipe(at(u"nowhere"_s));
        QVERIFY(!QFileInfo::exists(at(u"nowhere"_s)));
    }
};

}

STOPDESK_TEST(ownfiles, TestOwnFiles, QCoreApplication)
#include "tst_ownfiles.moc"
