#pragma once

#include <QWidget>

class ElidedLabel;
class QLabel;
class QProgressBar;
class QPushButton;

/// How the stops shown are doing, in one line: how many, what came of them, and while some have not been sent, how far
/// they are, how long the rest takes and the way to end it. Texts and widths change in place.
class BatchLine final : public QWidget {
    Q_OBJECT

public:
    struct Shown {
        QString size;    ///< "12 conversations"
        QString summary; ///< "1 refused · 6 stopped"
        QString trouble; ///< why it waits or was halted; may be empty
        int total = 0;
        int decided = 0; ///< with an outcome
        bool isUnderWay = false; ///< there is progress to show
        bool isSending = false;  ///< some have not been sent
        QString rest;    ///< "about 3 s"; may be empty
    };

    explicit BatchLine(QWidget *parent = nullptr);

    void show(const Shown &shown);
    void addWidget(QWidget *widget); ///< at its end

Q_SIGNALS:
    void sendingEndWanted();

private:
    QLabel *m_size;
    ElidedLabel *m_summary;
    QProgressBar *m_progress;
    QLabel *m_rest;
    QPushButton *m_stopSending;
};
