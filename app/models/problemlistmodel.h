#pragma once

#include "app/models/rowmodel.h"
#include "app/types/problem.h"

struct ProblemRow {
    Problem problem;
    qint64 number = 0;

    qint64 key() const { return number; }
    bool operator==(const ProblemRow &) const = default;
};

/// Every failure of this session as entries, newest first; a 422 gives one per error of its `detail`. What happens again
/// through the same connection, to the same thing or another, is counted, and its entry comes to the top with its new
/// time. What became of it later is told beside its entry, which stays until a person removes it. At most 500 are kept.
class ProblemListModel final : public RowModel<ProblemRow> {
    Q_OBJECT

public:
    enum Column { Effect, Time, WhatHappened, Where, Count, ColumnCount };
    enum Role { FieldRole = Qt::UserRole + 1, EffectRole, DetailsRole, NumberRole, SettledRole };

    explicit ProblemListModel(QObject *parent = nullptr);

    void add(const Failure &failure, const Occasion &occasion, const QDateTime &at);
    /// What became of it, where entries are about it: what a stop came to, in words, or that it could be read again
    /// (without words). `endedAt`: since when nothing is left to do (UTC); invalid while there is.
    void tellSince(const Occasion &occasion, const QString &words, const QDateTime &endedAt);
    void tellGone(qint64 number, const QString &why); ///< its control cannot be led to; empty: it can
    void clearField(Field field);     ///< corrected: its entries go
    void clearSubject(Subject subject); ///< sent again: entries of single fields of that subject go
    void remove(const QSet<qint64> &numbers); ///< by a person, who has seen them
    /// The fields that are wrong now, each once with its newest words, in the order of the rows.
    QList<QPair<Field, QString>> marks() const;
    /// Those of them that belong to what is shown: a control bears no words about another connection, and the tick none
    /// about another conversation.
    QList<QPair<Field, QString>> marksOf(const ConnectionId &connection, const ConversationId &conversation = {}) const;

Q_SIGNALS:
    /// There are new entries, or such as had been settled, or were decided anew; not where one that is still so repeats.
    void added(const Occasion &occasion);
    void marksChanged();

protected:
    int columns() const override { return ColumnCount; }
    QVariant cell(const ProblemRow &row, int column, int role) const override;
    QString columnTitle(int column) const override;
    bool isNumber(int column) const override { return column == Count; }

private:
    void tell(int row, const Problem &problem);
    bool isRepeated(const Problem &problem) const;
    ProblemRow rowOf(const Problem &problem, const QList<ProblemRow> &fresh);
    void bringToTop(const QList<ProblemRow> &fresh);
    template <class Keep> void keepOnly(Keep keep);
    void tellMarks();
    QString text(const Problem &problem, int column) const;
    QString toolTip(const Problem &problem, int column) const;

    qint64 m_lastNumber = 0;
    QList<QPair<Field, QString>> m_told; ///< the marks as last told
};
