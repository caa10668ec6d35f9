#pragma once

#include <QProcess>
#include <QUrl>

#include <memory>

/// An independent server as a child process on 127.0.0.1: there and answering when the maker returns, killed
/// with this object (and with the test program). One that does not come up ends the test program with its
/// output.
class Peer {
public:
    /// Prism on tests/contract/openapi.yaml: answers with the contract's examples, refuses what breaks it
    /// with 422 and what lacks a key with 401. Has no memory. The test needs the CTest fixture "prism", which
    /// installs it.
    static Peer prism();
    /// tests/contract/gateway_server.py: FastAPI with a memory; its head comment says which agent does what.
    static Peer fastapi();

    /// http://127.0.0.1:PORT, without a path.
    QUrl url() const;

    Peer(Peer &&) = default;
    Peer &operator=(Peer &&) = default;
    ~Peer();

private:
    Peer(std::unique_ptr<QProcess> process, quint16 port);

    std::unique_ptr<QProcess> m_process;
    quint16 m_port;
};
