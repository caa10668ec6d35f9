#include "tests/support/peers.h"

#include <QDeadlineTimer>
#include <QTcpServer>

#include <csignal>
#include <sys/prctl.h>

using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 60'000; // ms; both take about one second on an idle machine

const auto contract = QStringLiteral(STOPDESK_CONTRACT);

/// Starts a child that dies with us, whatever way we go.
std::unique_ptr<QProcess> start(const QString &program, const QStringList &arguments)
{
    auto process = std::make_unique<QProcess>();
    process->setProcessChannelMode(QProcess::MergedChannels);
    process->setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
    process->start(program, arguments);
    return process;
}

/// Reads what the child says until `words` stand in it, and then that line to its end.
QByteArray readUntil(QProcess &process, const QByteArray &words)
{
    QByteArray said;
    const QDeadlineTimer deadline(patience);
    while (!said.contains(words) || said.indexOf('\n', said.indexOf(words)) < 0) {
        if (deadline.hasExpired() || !process.waitForReadyRead(static_cast<int>(deadline.remainingTime()))) {
            qFatal("%s did not come up: %s", qPrintable(process.program()), said.constData());
        }
        said += process.readAll();
    }
    return said;
}

quint16 freePort()
{
    QTcpServer server;
    if (!server.listen(QHostAddress::LocalHost)) {
        qFatal("No port is free: %s", qPrintable(server.errorString()));
    }
    return server.serverPort();
}

} // namespace

Peer::Peer(std::unique_ptr<QProcess> process, quint16 port)
    : m_process(std::move(process))
    , m_port(port)
{
}

Peer::~Peer()
{
    if (m_process) {
        m_process->kill();
        m_process->waitForFinished();
    }
}

Peer Peer::prism()
{
    const quint16 port = freePort();
    auto process = start(contract + u"/prism.sh"_s, {QStringLiteral(STOPDESK_PRISM), QString::number(port)});
    readUntil(*process, "is listening on");
    return {std::move(process), port};
}

Peer Peer::fastapi()
{
    auto process = start(QStringLiteral(STOPDESK_PYTHON), {u"-B"_s, contract + u"/gateway_server.py"_s});
    const quint16 port = readUntil(*process, {}).trimmed().toUShort();
    return {std::move(process), port};
}

QUrl Peer::url() const
{
    QUrl url;
    url.setScheme(u"http"_s);
    url.setHost(u"127.0.0.1"_s);
    url.setPort(m_port);
    return url;
}
