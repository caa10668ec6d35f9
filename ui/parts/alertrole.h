#pragma once

class QWidget;

/// Makes the widget an alert for screen readers, whose text is its accessible name: frames and labels have no such role
/// of their own. Before it is shown for the first time.
void makeAlert(QWidget *widget);

/// Has a screen reader speak the alert's name at once, whatever has the focus. Qt 6.4 has no announcements (they came
/// with 6.8), and does not pass an alert on to AT-SPI (measured): there an alert is heard when it shows itself.
void speak(QWidget *alert);
