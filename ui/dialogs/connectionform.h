#pragma once

#include "app/types/connection.h"
#include "ui/parts/fieldmarks.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QRadioButton;
class QSpinBox;
class QToolButton;
class SecretEdit;

/// The fields of a connection, and the draft they hold. Believes nothing: `problems(draft())` says what is wrong.
class ConnectionForm final : public QWidget {
    Q_OBJECT

public:
    ConnectionForm(FieldMarks &marks, QWidget *parent);

    void load(const Connection &connection, bool keyStored);
    ConnectionDraft draft() const;
    void forgetTyped(); ///< the key that was typed
    void unfold(Field field);
    /// Who carries what is sent to that origin, and reads it where it is not encrypted; empty: nobody.
    void nameProxy(const QUrl &origin, const QString &proxy);

Q_SIGNALS:
    void plainHttpOffered(const QUrl &origin); ///< to be answered by `nameProxy`

private:
    void layOutBasics(QFormLayout &form, FieldMarks &marks);
    void layOutAdvanced(QFormLayout &form, FieldMarks &marks);
    void followAddress();
    void offerPlainHttp(const QUrl &origin);
    void followKind();
    void correctByAddress();
    bool hasKeyForAddress() const;
    void browse();
    void showKeyNote(const QString &note);

    FieldMarks &m_marks;
    Connection m_connection;
    QUrl m_accepted; ///< the origin for which plain http was accepted: another one asks again
    QUrl m_offered;  ///< the origin for which plain http could be accepted now
    QString m_proxy; ///< on the way there
    bool m_keyStored = false;

    QLineEdit *m_name;
    QLineEdit *m_address;
    QCheckBox *m_plainHttp;
    QComboBox *m_environment;
    QComboBox *m_kind;
    SecretEdit *m_key;
    QLabel *m_keyCaption = nullptr;
    QLabel *m_keyNote;
    QRadioButton *m_mayStop; ///< neither of the two is preset: that is asked plainly
    QRadioButton *m_readOnly;
    QToolButton *m_advanced;
    QWidget *m_folded;
    QComboBox *m_routes;
    QLineEdit *m_authority;
    QSpinBox *m_perMinute;
    QSpinBox *m_perHour;
};
