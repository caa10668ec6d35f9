#pragma once

#include "app/gateway/httpchannel.h"
#include "app/gateway/httpfailure.h"

class OneShotBody;

/// One request on its way: waits for its place, sends, reads, ends at the deadline. A child of its asker, and so ended
/// with it. Used by `HttpChannel` alone.
class HttpCall final : public QObject {
    Q_OBJECT

public:
    HttpCall(std::shared_ptr<HttpChannel> channel, const HttpRequest &request, QObject *asker,
             Answer<HttpAnswer> answer);
    ~HttpCall() override;

    void start(); ///< asks the budget for a place

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    void leave();
    void giveUp(const Failure &failure);
    void endUnsent(const Failure &failure);
    void watchDeadline();
    void watchStep();
    void watchPeer();
    void collect();
    bool takePiece();
    qint64 cap() const;
    void finish();
    void conclude(const Refusal &said);
    QDateTime serviceNow() const;
    Result<HttpAnswer> read(const Refusal &said) const;
    Failure broken() const;
    void tellBudget(const Result<HttpAnswer> &result, const Refusal &said);
    Failure failed(Failure failure) const;
    void hideKey(Failure &failure) const;
    void deliver(const Result<HttpAnswer> &result);
    httpfailure::BodyTaken bodyTaken() const;

    std::shared_ptr<HttpChannel> m_channel;
    HttpRequest m_request;
    Answer<HttpAnswer> m_answer;
    std::unique_ptr<OneShotBody> m_body;
    HttpChannel::Manager m_manager; ///< the one it left through
    Way m_way;
    std::optional<HeadWatch::Call> m_onItsWay;
    std::unique_ptr<QNetworkReply> m_reply; ///< declared after what it uses: goes first
    QByteArray m_bytes;
    QBasicTimer m_nextPiece;
    QList<QSslError> m_doubts; ///< about the peer
    Duration m_leftAt{0};
    Duration m_took{0}; ///< until the end of the reply
    bool m_hasPlace = false;
    bool m_tooLarge = false;
    bool m_isOver = false; ///< the reply has told its end
    bool m_pastDeadline = false;
    bool m_isDistrusted = false; ///< the peer, by us and not by Qt: nothing was sent
    int m_interim = 0; ///< status of an interim answer on the same connections, 0 without one: then nothing was read
};
