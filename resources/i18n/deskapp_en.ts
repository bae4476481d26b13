<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_GB" sourcelanguage="en_GB">
<context>
    <name>Calendar</name>
    <message numerus="yes">
        <source>%n specialist(s)</source>
        <translation>
            <numerusform>%n specialist</numerusform>
            <numerusform>%n specialists</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Assigned %n</source>
        <translation>
            <numerusform>Assigned %n</numerusform>
            <numerusform>Assigned %n</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message numerus="yes">
        <source>%n similar ticket(s), usually %1, nine in ten under %2</source>
        <translation>
            <numerusform>%n similar ticket, usually %1, nine in ten under %2</numerusform>
            <numerusform>%n similar tickets, usually %1, nine in ten under %2</numerusform>
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
        <source>Moves %n ticket(s) within slack</source>
        <translation>
            <numerusform>Moves %n ticket within slack</numerusform>
            <numerusform>Moves %n tickets within slack</numerusform>
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
</context>
<context>
    <name>Timeline</name>
    <message numerus="yes">
        <source>%n earlier entries</source>
        <translation>
            <numerusform>%n earlier entries</numerusform>
            <numerusform>%n earlier entries</numerusform>
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
