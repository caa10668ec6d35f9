#include "tests/support/fakenetwork.h"

#include <QTimer>

#include <algorithm>

class FakeReply final : public QNetworkReply {
    Q_OBJECT

public:
    FakeReply(const QNetworkRequest &request, QObject *parent) : QNetworkReply(parent)
    {
        setRequest(request);
        setUrl(request.url());
        open(ReadOnly | Unbuffered);
    }

    void become(const FakeAnswer &answer)
    {
        if (isFinished())
            return; // aborted before its turn: no reply finishes twice
        if (answer.status)
            setAttribute(QNetworkRequest::HttpStatusCodeAttribute, answer.status);
        for (const auto &[name, value] : answer.headers)
            setRawHeader(name, value);
        m_bytes = answer.body;
        end(answer.error);
    }

    void abort() override
    {
        if (!isFinished())
            end(OperationCanceledError);
    }
    bool isSequential() const override { return true; }
    qint64 bytesAvailable() const override { return m_bytes.size() + QNetworkReply::bytesAvailable(); }

protected:
    qint64 readData(char *data, qint64 most) override
    {
        const qint64 length = std::min(most, qint64(m_bytes.size()));
        std::copy_n(m_bytes.constData(), length, data);
        m_bytes.remove(0, length);
        return length;
    }

private:
    void end(NetworkError error)
    {
        if (error != NoError)
            setError(error, QStringLiteral("made to fail"));
        setFinished(true);
        Q_EMIT finished();
    }

    QByteArray m_bytes;
};

class FakeManager final : public QNetworkAccessManager {
    Q_OBJECT

public:
    explicit FakeManager(FakeNetwork &network) : m_network(network) { }

protected:
    QNetworkReply *createRequest(Operation, const QNetworkRequest &request, QIODevice *body) override
    {
        return m_network.create(this, request, body);
    }

private:
    FakeNetwork &m_network;
};

NetworkFactory FakeNetwork::factory()
{
    return [this] { return std::make_unique<FakeManager>(*this); };
}

void FakeNetwork::expect(const QByteArray &line, const FakeAnswer &answer)
{
    m_expected.append({line, answer});
}

void FakeNetwork::always(const QByteArray &line, const FakeAnswer &answer)
{
    m_always.prepend({line, answer});
}

bool FakeNetwork::answer(const QByteArray &line, const FakeAnswer &answer)
{
    for (const Asked &asked : std::as_const(m_asked)) {
        if (asked.line.contains(line) && FakeNetwork::answer(asked, answer))
            return true;
    }
    return false;
}

bool FakeNetwork::answer(const Asked &asked, const FakeAnswer &answer)
{
    if (!asked.reply || asked.reply->isFinished())
        return false;
    asked.reply->become(answer);
    return true;
}

bool FakeNetwork::isBusy()
{
    m_underWay.removeIf([](const QPointer<FakeReply> &reply) { return !reply; });
    return !m_underWay.isEmpty();
}

int FakeNetwork::count(const QByteArray &line) const
{
    return int(std::ranges::count_if(m_asked, [&line](const Asked &asked) { return asked.line.contains(line); }));
}

QNetworkReply *FakeNetwork::create(QNetworkAccessManager *manager, const QNetworkRequest &request, QIODevice *body)
{
    if (request.url().scheme() == u"preconnect-https") { // only a connection: no request of anybody
        ++m_openedAhead;
        auto *opened = new FakeReply(request, manager);
        QTimer::singleShot(0, opened, [opened] { opened->become({}); });
        return opened;
    }
    const QByteArray verb = request.attribute(QNetworkRequest::CustomVerbAttribute).toByteArray();
    QByteArray line = verb + ' ' + request.url().path(QUrl::FullyEncoded).toLatin1();
    if (request.url().hasQuery())
        line += '?' + request.url().query(QUrl::FullyEncoded).toLatin1();
    if (!body || (!request.hasRawHeader("x-api-key") && !request.hasRawHeader("Authorization")))
        m_unexpected.append("without key or one-shot body: " + line);
    std::optional<QByteArray> whole;
    const ReadBody readBody = [&whole, body] {
        if (!whole)
            whole = body ? body->readAll() : QByteArray();
        return *whole;
    };
    const FakeAnswer answer = answerTo(line, readBody);
    auto *reply = new FakeReply(request, manager);
    m_asked.append({line, answer.takesBody ? readBody() : QByteArray(), request, reply});
    if (answer.later)
        return reply;
    m_underWay.append(reply);
    QTimer::singleShot(0, reply, [this, reply, answer] {
        m_underWay.removeOne(reply);
        reply->become(answer);
    });
    return reply;
}

FakeAnswer FakeNetwork::answerTo(const QByteArray &line, const ReadBody &body)
{
    const auto fits = [&line](const Rule &rule) { return line.contains(rule.line); };
    if (const auto once = std::ranges::find_if(m_expected, fits); once != m_expected.end()) {
        const FakeAnswer answer = once->answer;
        m_expected.erase(once);
        return answer;
    }
    if (const auto rule = std::ranges::find_if(m_always, fits); rule != m_always.end())
        return rule->answer;
    if (m_service)
        return m_service(line, body);
    m_unexpected.append(line);
    return FakeAnswer::with(500);
}

#include "fakenetwork.moc"
