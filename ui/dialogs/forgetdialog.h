#pragma once

#include "app/credentials/connectionbook.h"
#include "ui/dialogs/editdialog.h"

class StopService;
class QPushButton;

/// Asks whether everything that Stopdesk keeps on this computer is to go, and removes the keys. The rest goes with the
/// window, which whoever hears of `agreed` ends. Not while a stop is sent or checked: its record would be lost.
class ForgetDialog final : public EditDialog {
    Q_OBJECT

public:
    ForgetDialog(ConnectionBook &book, const StopService &stops, QWidget *parent = nullptr);

Q_SIGNALS:
    void agreed(const QString &keys); ///< what became of the keys, in words

protected:
    QList<FieldError> problems() const override { return {}; }
    void send() override;
    void done(int result) override;

private:
    void layOut();
    void followStops();
    void showFailure(const Failure &failure);
    void agree(const QString &keys);

    ConnectionBook &m_book;
    const StopService &m_stops;
    QPushButton *m_keep;
    QPushButton *m_forget;
    std::unique_ptr<QObject> m_asker; ///< while the keychain is asked
};
