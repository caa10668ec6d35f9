#pragma once

#include <QWidget>

/// A title of at most two lines, elided at the end of the second; plain text, larger than its surroundings. The whole
/// title is the tooltip and the accessible name.
class Headline final : public QWidget {
    Q_OBJECT

public:
    explicit Headline(QWidget *parent = nullptr);

    void setText(const QString &text);
    QString text() const { return m_text; }
    QStringList lines(int width) const; ///< as they are painted at this width

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QFont largeFont() const;

    QString m_text;
};
