#include "ui/dialogs/connectionform.h"

#include "ui/parts/formrow.h"
#include "ui/parts/secretedit.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFileDialog>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSpinBox>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace {

constexpr std::chrono::milliseconds typingPause{400};

/// Captions of both forms are equally wide, so that the fields stand in one column.
void align(const QList<QFormLayout *> &forms)
{
    QList<QWidget *> captions;
    int width = 0;
    for (const QFormLayout *form : forms) {
        for (int row = 0; row < form->rowCount(); ++row) {
            const QLayoutItem *caption = form->itemAt(row, QFormLayout::LabelRole);
            if (caption && caption->widget())
                captions.append(caption->widget());
        }
    }
    for (const QWidget *caption : std::as_const(captions))
        width = qMax(width, caption->sizeHint().width());
    for (QWidget *caption : std::as_const(captions))
        caption->setMinimumWidth(width);
}

template <class Enum> Enum chosen(const QComboBox *box)
{
    return Enum(box->currentData().toInt());
}

template <class Enum> void choose(QComboBox *box, Enum value)
{
    box->setCurrentIndex(box->findData(int(value)));
}

}

ConnectionForm::ConnectionForm(FieldMarks &marks, QWidget *parent)
    : QWidget(parent)
    , m_marks(marks)
    , m_name(new QLineEdit(this))
    , m_address(new QLineEdit(this))
    , m_plainHttp(new QCheckBox(this))
    , m_environment(new QComboBox(this))
    , m_kind(new QComboBox(this))
    , m_key(new SecretEdit(this))
    , m_keyNote(mutedLabel({}, this))
    , m_mayStop(new QRadioButton(tr("Yes"), this))
    , m_readOnly(new QRadioButton(tr("No, it only shows what runs (read-only)"), this))
    , m_advanced(new QToolButton(this))
    , m_folded(new QWidget(this))
    , m_routes(new QComboBox(this))
    , m_authority(new QLineEdit(this))
    , m_perMinute(new QSpinBox(this))
    , m_perHour(new QSpinBox(this))
{
    auto *form = newForm();
    layOutBasics(*form, marks);
    auto *advanced = newForm();
    advanced->setContentsMargins(0, 0, 0, 0);
    m_folded->setLayout(advanced);
    layOutAdvanced(*advanced, marks);
    align({form, advanced});

    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(8);
    all->addLayout(form);
    all->addWidget(m_advanced, 0, Qt::AlignLeading);
    all->addWidget(m_folded);

    connect(m_address, &QLineEdit::textChanged, this, [this] { followAddress(); });
    connect(m_address, &QLineEdit::textEdited, this, &ConnectionForm::correctByAddress);
    connect(m_address, &QLineEdit::editingFinished, this,
            [this] { m_address->setText(completedAddress(m_address->text())); });
    connect(m_plainHttp, &QCheckBox::clicked, this,
            [this](bool accepted) { m_accepted = accepted ? originOf(addressFromInput(m_address->text())) : QUrl(); });
    connect(m_readOnly, &QRadioButton::clicked, this, [this] { m_marks.correct(Field::MayStop); });
    connect(m_kind, &QComboBox::currentIndexChanged, this, [this] { followKind(); });
    connect(m_key, &SecretEdit::trimmed, this, &ConnectionForm::showKeyNote);
    connect(m_key, &QLineEdit::textEdited, this, [this] { showKeyNote({}); });
    connect(m_advanced, &QToolButton::toggled, this, [this](bool open) {
        m_folded->setVisible(open);
        m_advanced->setArrowType(open ? Qt::DownArrow : Qt::RightArrow);
    });
    load({}, false);
}

void ConnectionForm::layOutBasics(QFormLayout &form, FieldMarks &marks)
{
    m_environment->addItem(tr("Production"), int(Environment::Production));
    m_environment->addItem(tr("Staging"), int(Environment::Staging));
    m_environment->addItem(tr("Other"), int(Environment::Other));
    m_kind->addItem(tr("API key"), int(CredentialKind::ApiKey));
    m_kind->addItem(tr("Bearer token"), int(CredentialKind::BearerToken));
    m_address->setPlaceholderText(u"https://api.xpander.ai"_s);
    m_address->setMinimumWidth(320);
    m_address->setInputMethodHints(Qt::ImhUrlCharactersOnly | Qt::ImhNoPredictiveText);

    addField(form, tr("Connection name"), u"Connection name"_s, m_name, Field::ConnectionName, marks);
    QVBoxLayout *address = fieldColumn(u"Base address"_s, m_address, Field::Address, marks);
    address->addLayout(fieldColumn(u"Accept plain http"_s, m_plainHttp, Field::PlainHttp, marks));
    addField(form, tr("Base address"), m_address, address);
    addField(form, tr("Environment"), u"Environment"_s, m_environment, Field::None, marks);
    addField(form, tr("Credential"), u"Credential"_s, m_kind, Field::None, marks);
    QVBoxLayout *key = fieldColumn(u"API key"_s, m_key, Field::Key, marks);
    key->addWidget(m_keyNote);
    m_keyCaption = addField(form, tr("API key"), m_key, key);
    QVBoxLayout *stopping = fieldColumn(u"Can stop"_s, m_mayStop, Field::MayStop, marks);
    stopping->insertWidget(0, new QLabel(tr("May this connection stop conversations?"), this));
    stopping->insertWidget(2, m_readOnly);
    m_readOnly->setAccessibleName(u"Read-only"_s);
    m_readOnly->setObjectName(objectNameFor(u"Read-only"_s));
    addField(form, {}, m_mayStop, stopping);
}

void ConnectionForm::layOutAdvanced(QFormLayout &form, FieldMarks &marks)
{
    m_advanced->setText(tr("Advanced"));
    m_advanced->setObjectName(u"advanced"_s);
    m_advanced->setCheckable(true);
    m_advanced->setProperty("fold", true);
    m_advanced->setFocusPolicy(Qt::StrongFocus);
    m_advanced->setArrowType(Qt::RightArrow);
    m_advanced->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_folded->hide();

    m_routes->addItem(tr("Gateway routes (the queue can be cleared by itself)"), int(RouteFamily::Gateway));
    m_routes->addItem(tr("Newer routes (the queue is cleared only with a stop)"), int(RouteFamily::Conversations));
    for (QSpinBox *limit : {m_perMinute, m_perHour}) {
        limit->setRange(1, 1'000'000);
        limit->setButtonSymbols(QAbstractSpinBox::NoButtons);
    }
    auto *files = new QPushButton(tr("Choose…"), this);
    files->setAccessibleName(u"Choose certificate authority file"_s);
    connect(files, &QPushButton::clicked, this, &ConnectionForm::browse);

    addField(form, tr("Routes"), u"Routes"_s, m_routes, Field::Routes, marks);
    auto *authority = new QHBoxLayout;
    authority->setSpacing(8);
    QVBoxLayout *file = fieldColumn(u"Certificate authority"_s, m_authority, Field::Authority, marks);
    file->addWidget(mutedLabel(tr("Counts for this connection, beside those of the system."), this));
    authority->addLayout(file, 1);
    authority->addWidget(files, 0, Qt::AlignTop);
    addField(form, tr("Certificate authority"), m_authority, authority);
    m_authority->setPlaceholderText(tr("The system's alone; or a file: PEM, DER, PKCS#7"));
    addField(form, tr("Requests a minute"), u"Requests a minute"_s, m_perMinute, Field::Limits, marks);
    addField(form, tr("Requests an hour"), u"Requests an hour"_s, m_perHour, Field::None, marks);
    form.addRow(new QLabel,
                mutedLabel(tr("The service's limits for this key. Stopdesk uses at most 90 % of them."), this));
}

void ConnectionForm::load(const Connection &connection, bool keyStored)
{
    m_connection = connection;
    m_keyStored = keyStored;
    m_accepted = connection.plainHttpAccepted ? originOf(connection.address) : QUrl();
    m_name->setText(connection.name);
    m_address->setText(connection.address.toString());
    choose(m_environment, connection.environment);
    choose(m_kind, connection.credential);
    choose(m_routes, connection.routes);
    if (keyStored)
        (connection.readOnly ? m_readOnly : m_mayStop)->setChecked(true);
    m_authority->setText(connection.authorityFile);
    m_perMinute->setValue(connection.requestsPerMinute);
    m_perHour->setValue(connection.requestsPerHour);
    m_key->forget();
    showKeyNote({});
    followAddress();
}

ConnectionDraft ConnectionForm::draft() const
{
    ConnectionDraft draft;
    draft.connection = m_connection;
    draft.address = m_address->text();
    draft.key = m_key->key();
    draft.keyNeeded = !hasKeyForAddress();
    draft.connection.name = m_name->text().trimmed();
    draft.connection.environment = chosen<Environment>(m_environment);
    draft.connection.credential = chosen<CredentialKind>(m_kind);
    draft.connection.routes = chosen<RouteFamily>(m_routes);
    draft.connection.readOnly = m_readOnly->isChecked();
    draft.isStoppingAnswered = m_readOnly->isChecked() || m_mayStop->isChecked();
    draft.connection.plainHttpAccepted = m_plainHttp->isChecked();
    draft.connection.authorityFile = m_authority->text().trimmed();
    draft.connection.requestsPerMinute = m_perMinute->value();
    draft.connection.requestsPerHour = m_perHour->value();
    return draft;
}

void ConnectionForm::forgetTyped()
{
    m_key->forget();
    showKeyNote({});
}

void ConnectionForm::unfold(Field field)
{
    if (field == Field::Routes || field == Field::Authority || field == Field::Limits)
        m_advanced->setChecked(true);
}

/// The box shows only where there is something to accept, and is ticked only for the origin it was ticked for.
void ConnectionForm::followAddress()
{
    const QUrl address = addressFromInput(m_address->text());
    const bool plain = isPlainHttpElsewhere(address);
    m_plainHttp->setChecked(plain && originOf(address) == m_accepted);
    m_plainHttp->setVisible(plain);
    offerPlainHttp(plain ? originOf(address) : QUrl());
    followKind();
}

void ConnectionForm::offerPlainHttp(const QUrl &origin)
{
    if (m_offered != origin) {
        m_offered = origin;
        m_proxy.clear();
        QTimer::singleShot(typingPause, this, [this, origin] { // it may be half typed
            if (origin == m_offered && !origin.isEmpty())
                Q_EMIT plainHttpOffered(origin);
        });
    }
    const QString host = origin.host();
    m_plainHttp->setText(m_proxy.isEmpty()
                             ? tr("Send the key readable over the network to %1").arg(host)
                             : tr("Send the key readable over the network to %1, through the proxy %2").arg(host, m_proxy));
}

void ConnectionForm::nameProxy(const QUrl &origin, const QString &proxy)
{
    if (origin != m_offered)
        return;
    m_proxy = proxy;
    offerPlainHttp(origin);
}

/// What was wrong because of the address alone.
void ConnectionForm::correctByAddress()
{
    m_marks.correct(Field::PlainHttp);
    if (m_key->text().isEmpty() && hasKeyForAddress())
        m_marks.correct(Field::Key);
}

void ConnectionForm::followKind()
{
    const bool bearer = chosen<CredentialKind>(m_kind) == CredentialKind::BearerToken;
    m_keyCaption->setText(bearer ? tr("Bearer token") : tr("API key"));
    m_key->setPlaceholderText(hasKeyForAddress() ? tr("A key is stored. Leave empty to keep it.") : QString());
}

/// A key is kept for one origin: for another one it has to be entered again.
bool ConnectionForm::hasKeyForAddress() const
{
    return m_keyStored && originOf(addressFromInput(m_address->text())) == originOf(m_connection.address);
}

void ConnectionForm::browse()
{
    auto *dialog = new QFileDialog(this, tr("Certificate authority"), {}, tr("Certificates (*.pem *.crt *.cer *.der *.p7b *.p7c);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &file) {
        m_authority->setText(file);
        m_marks.correct(Field::Authority);
    });
    dialog->open();
}

void ConnectionForm::showKeyNote(const QString &note)
{
    m_keyNote->setText(note.isEmpty() ? tr("Stored in the system keychain only.") : note);
}
