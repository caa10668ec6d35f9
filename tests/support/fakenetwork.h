#pragma once

#include "app/gateway/httpchannel.h"

#include <QNetworkReply>
#include <QPointer>

class FakeReply;

/// What is done with an expected request.
struct FakeAnswer {
    int status = 200;
    QByteArray body = "{}";
    QList<QPair<QByteArray, QByteArray>> headers;
    QNetworkReply::NetworkError error = QNetworkReply::NoError; ///< set: breaks off, with the status if it is not 0
    bool later = false;     ///< waits for FakeNetwork::answer
    bool takesBody = true;  ///< false: fails before the connection stands, the body is never read

    static FakeAnswer with(int status, const QByteArray &body = "{}") { return {status, body, {}, {}, false, true}; }
    static FakeAnswer lost() { return {0, {}, {}, QNetworkReply::ContentReSendError, false, true}; }
    static FakeAnswer refusedConnection() { return {0, {}, {}, QNetworkReply::ConnectionRefusedError, false, false}; }
    static FakeAnswer hangs() { return {0, {}, {}, {}, true, true}; }
};

/// The seam at the access manager: answers what a test expects, in order, and remembers all that was asked. A request
/// that nobody expected is answered 500 and stands in `unexpected`. Checks that each bears the key and a body device.
class FakeNetwork {
public:
    struct Asked {
        QByteArray line; ///< "POST /v1/…"
        QByteArray body;
        QNetworkRequest request;
        QPointer<FakeReply> reply;
    };

    NetworkFactory factory();

    /// The next request whose line contains `line` gets this answer, once.
    void expect(const QByteArray &line, const FakeAnswer &answer);
    /// Every request whose line contains `line`, as long as no `expect` fits.
    void always(const QByteArray &line, const FakeAnswer &answer);
    /// Makes up the answer to every request that no rule fits.
    using Service = std::function<FakeAnswer(const QByteArray &line)>;
    void serve(const Service &service)
    {
        m_service = [service](const QByteArray &line, const ReadBody &) { return service(line); };
    }
    /// The same, for a service that reads bodies: calling `body` is what makes the request leave whole.
    using ReadBody = std::function<QByteArray()>;
    using BodyService = std::function<FakeAnswer(const QByteArray &line, const ReadBody &body)>;
    void serveWithBodies(const BodyService &service) { m_service = service; }
    /// Whether answers are on their way that come without anybody's doing.
    bool isBusy();
    /// Answers the oldest request that waits and whose line contains `line`. False if none does.
    bool answer(const QByteArray &line, const FakeAnswer &answer);
    /// Answers this one, if it still waits.
    static bool answer(const Asked &asked, const FakeAnswer &answer);

    const QList<Asked> &asked() const { return m_asked; }
    int openedAhead() const { return m_openedAhead; } ///< how often a connection was opened without a request
    int count(const QByteArray &line) const;
    const QList<QByteArray> &unexpected() const { return m_unexpected; }
    bool allAsked() const { return m_expected.isEmpty(); }

private:
    friend class FakeManager;
    struct Rule {
        QByteArray line;
        FakeAnswer answer;
    };

    QNetworkReply *create(QNetworkAccessManager *manager, const QNetworkRequest &request, QIODevice *body);
    FakeAnswer answerTo(const QByteArray &line, const ReadBody &body);

    QList<Rule> m_expected;
    QList<Rule> m_always;
    BodyService m_service;
    QList<QPointer<FakeReply>> m_underWay;
    QList<Asked> m_asked;
    QList<QByteArray> m_unexpected;
    int m_openedAhead = 0;
};
