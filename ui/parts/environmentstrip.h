#pragma once

#include "app/types/connection.h"

#include <QWidget>

class QLabel;

/// The coloured strip that says, with a word, which environment a person is about to act on: PRODUCTION, STAGING,
/// OTHER or DEMO, the connection and its host, and at the right end what may be done there.
class EnvironmentStrip final : public QWidget {
    Q_OBJECT

public:
    explicit EnvironmentStrip(QWidget *parent = nullptr);

    void showConnection(const Connection &connection);
    /// A word about trouble beside the right end, e.g. "Offline since 12:04"; empty for none.
    void showTrouble(const QString &text);
    void clear(); ///< no connection: hidden

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void applyColors();
    void nameIt();

    Connection m_connection;
    QLabel *m_word;
    QLabel *m_name;
    QLabel *m_warning; ///< accepted plain http: stays for as long as the connection is used
    QLabel *m_trouble;
    QLabel *m_right;
};
