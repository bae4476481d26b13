<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_GB" sourcelanguage="en_GB">
<context>
    <name>AbsencesPage</name>
    <message numerus="yes">
        <source>%n people, %1 to %2</source>
        <translation>
            <numerusform>%n person, %1 to %2</numerusform>
            <numerusform>%n people, %1 to %2</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Calendar</name>
    <message numerus="yes">
        <source>%n block(s) stay: pinned, in progress or done.</source>
        <translation>
            <numerusform>%n block stays: pinned, in progress or done.</numerusform>
            <numerusform>%n blocks stay: pinned, in progress or done.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n blocks</source>
        <translation>
            <numerusform>%n block</numerusform>
            <numerusform>%n blocks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more chosen</source>
        <translation>
            <numerusform>%n more chosen</numerusform>
            <numerusform>%n more chosen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n specialist(s)</source>
        <translation>
            <numerusform>%n specialist</numerusform>
            <numerusform>%n specialists</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n working hour(s)</source>
        <translation>
            <numerusform>%n working hour</numerusform>
            <numerusform>%n working hours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Assigned %n</source>
        <translation>
            <numerusform>Assigned %n</numerusform>
            <numerusform>Assigned %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Moved %n within slack</source>
        <translation>
            <numerusform>Moved %n within slack</numerusform>
            <numerusform>Moved %n within slack</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Promises broken %n</source>
        <translation>
            <numerusform>Promises broken %n</numerusform>
            <numerusform>Promises broken %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Reassigned %n</source>
        <translation>
            <numerusform>Reassigned %n</numerusform>
            <numerusform>Reassigned %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Won't fit %n</source>
        <translation>
            <numerusform>Won't fit %n</numerusform>
            <numerusform>Won't fit %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more change(s)</source>
        <translation>
            <numerusform>and %n more change</numerusform>
            <numerusform>and %n more changes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CalendarsPage</name>
    <message numerus="yes">
        <source>%n date(s) read.</source>
        <translation>
            <numerusform>%n date read.</numerusform>
            <numerusform>%n dates read.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Call</name>
    <message numerus="yes">
        <source>%n open</source>
        <translation>
            <numerusform>%n open</numerusform>
            <numerusform>%n open</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>breaks %n promise(s)</source>
        <translation>
            <numerusform>breaks %n promise</numerusform>
            <numerusform>breaks %n promises</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CallWatch</name>
    <message numerus="yes">
        <source>%n new ticket(s)</source>
        <translation>
            <numerusform>%n new ticket</numerusform>
            <numerusform>%n new tickets</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CareSection</name>
    <message numerus="yes">
        <source>%n thing(s) were erased on this desk.</source>
        <translation>
            <numerusform>%n thing was erased on this desk.</numerusform>
            <numerusform>%n things were erased on this desk.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message numerus="yes">
        <source>%n act(s)</source>
        <translation>
            <numerusform>%n act</numerusform>
            <numerusform>%n acts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n similar ticket(s), usually %1, nine in ten under %2</source>
        <translation>
            <numerusform>%n similar ticket, usually %1, nine in ten under %2</numerusform>
            <numerusform>%n similar tickets, usually %1, nine in ten under %2</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Contract</name>
    <message numerus="yes">
        <source>%n due time(s) by contracts moved</source>
        <translation>
            <numerusform>%n due time by contracts moved</numerusform>
            <numerusform>%n due times by contracts moved</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n over at once</source>
        <translation>
            <numerusform>%n over at once</numerusform>
            <numerusform>%n over at once</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Customers</name>
    <message numerus="yes">
        <source>%n open</source>
        <translation>
            <numerusform>%n open</numerusform>
            <numerusform>%n open</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n open ticket(s)</source>
        <translation>
            <numerusform>%n open ticket</numerusform>
            <numerusform>%n open tickets</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s)</source>
        <translation>
            <numerusform>%n ticket</numerusform>
            <numerusform>%n tickets</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unknown sender(s)</source>
        <translation>
            <numerusform>%n unknown sender</numerusform>
            <numerusform>%n unknown senders</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CustomersScreen</name>
    <message numerus="yes">
        <source>%n open ticket(s)</source>
        <translation>
            <numerusform>%n open ticket</numerusform>
            <numerusform>%n open tickets</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>of %n promise(s) in a year</source>
        <translation>
            <numerusform>of %n promise in a year</numerusform>
            <numerusform>of %n promises in a year</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EraseDialog</name>
    <message numerus="yes">
        <source>%n draft(s) quoting it go too.</source>
        <translation>
            <numerusform>%n draft quoting it goes too.</numerusform>
            <numerusform>%n drafts quoting it go too.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n other(s) of this ticket repeat its words: choose them too</source>
        <translation>
            <numerusform>%n other of this ticket repeats its words: choose it too</numerusform>
            <numerusform>%n others of this ticket repeat its words: choose them too</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n piece(s) will be made blank.</source>
        <translation>
            <numerusform>%n piece will be made blank.</numerusform>
            <numerusform>%n pieces will be made blank.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It is also taken out of %n copy(ies) of the desk here.</source>
        <translation>
            <numerusform>It is also taken out of %n copy of the desk here.</numerusform>
            <numerusform>It is also taken out of %n copies of the desk here.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExchangePage</name>
    <message numerus="yes">
        <source>%n could not be read and wait in quarantine</source>
        <translation>
            <numerusform>%n could not be read and waits in quarantine</numerusform>
            <numerusform>%n could not be read and wait in quarantine</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n got a new number, theirs was taken</source>
        <translation>
            <numerusform>%n got a new number, theirs was taken</numerusform>
            <numerusform>%n got a new number, theirs was taken</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n known already</source>
        <translation>
            <numerusform>%n known already</numerusform>
            <numerusform>%n known already</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n left out</source>
        <translation>
            <numerusform>%n left out</numerusform>
            <numerusform>%n left out</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n letter(s) joined</source>
        <translation>
            <numerusform>%n letter joined</numerusform>
            <numerusform>%n letters joined</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them would be left out</source>
        <translation>
            <numerusform>%n of them would be left out</numerusform>
            <numerusform>%n of them would be left out</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) imported</source>
        <translation>
            <numerusform>%n row imported</numerusform>
            <numerusform>%n rows imported</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) in the file</source>
        <translation>
            <numerusform>%n row in the file</numerusform>
            <numerusform>%n rows in the file</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s) imported</source>
        <translation>
            <numerusform>%n ticket imported</numerusform>
            <numerusform>%n tickets imported</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s) made</source>
        <translation>
            <numerusform>%n ticket made</numerusform>
            <numerusform>%n tickets made</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s) with all that belongs to them are in %1.</source>
        <translation>
            <numerusform>%n ticket with all that belongs to it is in %1.</numerusform>
            <numerusform>%n tickets with all that belongs to them are in %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Import %n row(s)</source>
        <translation>
            <numerusform>Import %n row</numerusform>
            <numerusform>Import %n rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FirstLettersDialog</name>
    <message numerus="yes">
        <source>%n answer(s) in them</source>
        <translation>
            <numerusform>%n answer in them</numerusform>
            <numerusform>%n answers in them</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n automatic one(s) without a ticket</source>
        <translation>
            <numerusform>%n automatic one without a ticket</numerusform>
            <numerusform>%n automatic ones without a ticket</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n here already</source>
        <translation>
            <numerusform>%n here already</numerusform>
            <numerusform>%n here already</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n letter(s) lie there, the oldest of %1.</source>
        <translation>
            <numerusform>%n letter lies there, the oldest of %1.</numerusform>
            <numerusform>%n letters lie there, the oldest of %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new ticket(s)</source>
        <translation>
            <numerusform>%n new ticket</numerusform>
            <numerusform>%n new tickets</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n that cannot be read</source>
        <translation>
            <numerusform>%n that cannot be read</numerusform>
            <numerusform>%n that cannot be read</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Of the newest %n letter(s), read for this:</source>
        <translation>
            <numerusform>Of the newest %n letter, read for this:</numerusform>
            <numerusform>Of the newest %n letters, read for this:</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FirstRun</name>
    <message numerus="yes">
        <source>Four weeks: %1 of work, %n day(s) off.</source>
        <translation>
            <numerusform>Four weeks: %1 of work, %n day off.</numerusform>
            <numerusform>Four weeks: %1 of work, %n days off.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Knowledge</name>
    <message numerus="yes">
        <source>%n ticket(s)</source>
        <translation>
            <numerusform>%n ticket</numerusform>
            <numerusform>%n tickets</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>used in %n ticket(s)</source>
        <translation>
            <numerusform>used in %n ticket</numerusform>
            <numerusform>used in %n tickets</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MailWatch</name>
    <message numerus="yes">
        <source>%n letter(s) could not be read: kept as received, the others went on.</source>
        <translation>
            <numerusform>%n letter could not be read: kept as received, the others went on.</numerusform>
            <numerusform>%n letters could not be read: kept as received, the others went on.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n letter(s) to read</source>
        <translation>
            <numerusform>%n letter to read</numerusform>
            <numerusform>%n letters to read</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MaintenancePage</name>
    <message numerus="yes">
        <source>%n ticket(s) made</source>
        <translation>
            <numerusform>%n ticket made</numerusform>
            <numerusform>%n tickets made</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Month</name>
    <message numerus="yes">
        <source>%n working day(s), %1 h a person</source>
        <translation>
            <numerusform>%n working day, %1 h a person</numerusform>
            <numerusform>%n working days, %1 h a person</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MoreSlots</name>
    <message numerus="yes">
        <source>%n more slot(s). Enter takes one, Esc goes back.</source>
        <translation>
            <numerusform>%n more slot. Enter takes one, Esc goes back.</numerusform>
            <numerusform>%n more slots. Enter takes one, Esc goes back.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PreviewBar</name>
    <message numerus="yes">
        <source>%n due time(s) of open tickets will move</source>
        <translation>
            <numerusform>%n due time of open tickets will move</numerusform>
            <numerusform>%n due times of open tickets will move</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n would be over at once</source>
        <translation>
            <numerusform>%n would be over at once</numerusform>
            <numerusform>%n would be over at once</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Queue</name>
    <message numerus="yes">
        <source>%n marked</source>
        <translation>
            <numerusform>%n marked</numerusform>
            <numerusform>%n marked</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Reasons</name>
    <message numerus="yes">
        <source>%n part(s)</source>
        <translation>
            <numerusform>%n part</numerusform>
            <numerusform>%n parts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n similar ticket(s)</source>
        <translation>
            <numerusform>%n similar ticket</numerusform>
            <numerusform>%n similar tickets</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Margin learnt from %n finished ticket(s) like it: enough nine times in ten</source>
        <translation>
            <numerusform>Margin learnt from %n finished ticket like it: enough nine times in ten</numerusform>
            <numerusform>Margin learnt from %n finished tickets like it: enough nine times in ten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Margin not below the desk's rule: %n finished ticket(s) like it say too little</source>
        <translation>
            <numerusform>Margin not below the desk's rule: %n finished ticket like it says too little</numerusform>
            <numerusform>Margin not below the desk's rule: %n finished tickets like it say too little</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Moves %n ticket(s) within slack</source>
        <translation>
            <numerusform>Moves %n ticket within slack</numerusform>
            <numerusform>Moves %n tickets within slack</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Solved %n ticket(s) of this customer</source>
        <translation>
            <numerusform>Solved %n ticket of this customer</numerusform>
            <numerusform>Solved %n tickets of this customer</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Replan</name>
    <message numerus="yes">
        <source>%n due time(s) by contracts would move</source>
        <translation>
            <numerusform>%n due time by contracts would move</numerusform>
            <numerusform>%n due times by contracts would move</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of %1 people affected</source>
        <translation>
            <numerusform>%n of %1 people affected</numerusform>
            <numerusform>%n of %1 people affected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n other planned ticket(s)</source>
        <translation>
            <numerusform>%n other planned ticket</numerusform>
            <numerusform>%n other planned tickets</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n similar</source>
        <translation>
            <numerusform>%n similar</numerusform>
            <numerusform>%n similar</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n slip notice(s) will wait as drafts for your review.</source>
        <translation>
            <numerusform>%n slip notice will wait as a draft for your review.</numerusform>
            <numerusform>%n slip notices will wait as drafts for your review.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n to another person</source>
        <translation>
            <numerusform>%n to another person</numerusform>
            <numerusform>%n to another person</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n would be over at once</source>
        <translation>
            <numerusform>%n would be over at once</numerusform>
            <numerusform>%n would be over at once</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Moves %n ticket(s)</source>
        <translation>
            <numerusform>Moves %n ticket</numerusform>
            <numerusform>Moves %n tickets</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Reports</name>
    <message numerus="yes">
        <source>%n answer(s)</source>
        <translation>
            <numerusform>%n answer</numerusform>
            <numerusform>%n answers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s)</source>
        <translation>
            <numerusform>%n row</numerusform>
            <numerusform>%n rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s)</source>
        <translation>
            <numerusform>%n ticket</numerusform>
            <numerusform>%n tickets</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>working time, %n ticket(s)</source>
        <translation>
            <numerusform>working time, %n ticket</numerusform>
            <numerusform>working time, %n tickets</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RestoreDialog</name>
    <message numerus="yes">
        <source>%n change(s) of now are nowhere else; they stay in that copy.</source>
        <translation>
            <numerusform>%n change of now is nowhere else; it stays in that copy.</numerusform>
            <numerusform>%n changes of now are nowhere else; they stay in that copy.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Sayings</name>
    <message numerus="yes">
        <source>%n ticket(s)</source>
        <translation>
            <numerusform>%n ticket</numerusform>
            <numerusform>%n tickets</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>taken apart again, %n planned block(s) found their time taken</source>
        <translation>
            <numerusform>taken apart again, %n planned block found its time taken</numerusform>
            <numerusform>taken apart again, %n planned blocks found their time taken</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Sharing</name>
    <message numerus="yes">
        <source>%n change(s) are not shared yet.</source>
        <translation>
            <numerusform>%n change is not shared yet.</numerusform>
            <numerusform>%n changes are not shared yet.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n desktop(s) take part.</source>
        <translation>
            <numerusform>%n desktop takes part.</numerusform>
            <numerusform>%n desktops take part.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ms</source>
        <translation>
            <numerusform>%n ms</numerusform>
            <numerusform>%n ms</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n s</source>
        <translation>
            <numerusform>%n s</numerusform>
            <numerusform>%n s</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SignInBox</name>
    <message numerus="yes">
        <source>Waiting for the sign-in: %n minute(s) left</source>
        <translation>
            <numerusform>Waiting for the sign-in: %n minute left</numerusform>
            <numerusform>Waiting for the sign-in: %n minutes left</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Sync</name>
    <message numerus="yes">
        <source>%n record(s), all kept</source>
        <translation>
            <numerusform>%n record, all kept</numerusform>
            <numerusform>%n records, all kept</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s)</source>
        <translation>
            <numerusform>%n ticket</numerusform>
            <numerusform>%n tickets</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SyncChip</name>
    <message numerus="yes">
        <source>%n note(s) waiting</source>
        <translation>
            <numerusform>%n note waiting</numerusform>
            <numerusform>%n notes waiting</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SyncWatch</name>
    <message numerus="yes">
        <source>%n change(s) wait for it.</source>
        <translation>
            <numerusform>%n change waits for it.</numerusform>
            <numerusform>%n changes wait for it.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Your choice is needed in %n places.</source>
        <translation>
            <numerusform>Your choice is needed in %n place.</numerusform>
            <numerusform>Your choice is needed in %n places.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Ticket</name>
    <message numerus="yes">
        <source>moved %n time(s)</source>
        <translation>
            <numerusform>moved %n time</numerusform>
            <numerusform>moved %n times</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TicketsTab</name>
    <message numerus="yes">
        <source>%n older ticket(s): search for the customer to see them</source>
        <translation>
            <numerusform>%n older ticket: search for the customer to see it</numerusform>
            <numerusform>%n older tickets: search for the customer to see them</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Timeline</name>
    <message numerus="yes">
        <source>%n earlier entry(ies)</source>
        <translation>
            <numerusform>%n earlier entry</numerusform>
            <numerusform>%n earlier entries</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Taken apart again, %n planned block(s) found their time taken: plan anew</source>
        <translation>
            <numerusform>Taken apart again, %n planned block found its time taken: plan anew</numerusform>
            <numerusform>Taken apart again, %n planned blocks found their time taken: plan anew</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message numerus="yes">
        <source>%n answer(s) due</source>
        <translation>
            <numerusform>%n answer due</numerusform>
            <numerusform>%n answers due</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
</context>
</TS>
