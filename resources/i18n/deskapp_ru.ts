<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ru_RU" sourcelanguage="en_GB">
<context>
    <name>AbsencesPage</name>
    <message>
        <source>%1 is away %2 to %3</source>
        <translation>%1: отсутствие с %2 по %3</translation>
    </message>
    <message>
        <source>%1 is away on %2</source>
        <translation>%1: отсутствие %2</translation>
    </message>
    <message>
        <source>%1 is here %2 to %3 after all</source>
        <translation>%1 всё-таки на месте %2 – %3</translation>
    </message>
    <message>
        <source>%1 is no date. Write 05.11.2026 or 05.11.2026 14:00.</source>
        <translation>%1 – не дата. Пишите 05.11.2026 или 05.11.2026 14:00.</translation>
    </message>
    <message numerus="yes">
        <source>%n people, %1 to %2</source>
        <translation>
            <numerusform>%n человек, %1 – %2</numerusform>
            <numerusform>%n человека, %1 – %2</numerusform>
            <numerusform>%n человек, %1 – %2</numerusform>
        </translation>
    </message>
    <message>
        <source>Absences</source>
        <translation>Отсутствия</translation>
    </message>
    <message>
        <source>Add an absence</source>
        <translation>Добавить отсутствие</translation>
    </message>
    <message>
        <source>Add the absence</source>
        <translation>Добавить</translation>
    </message>
    <message>
        <source>From</source>
        <translation>С</translation>
    </message>
    <message>
        <source>Illness</source>
        <translation>Болезнь</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Вид</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>Отпуск</translation>
    </message>
    <message>
        <source>Meeting</source>
        <translation>Встреча</translation>
    </message>
    <message>
        <source>On the road</source>
        <translation>В дороге</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>Другое</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>Кто</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>Примечание</translation>
    </message>
    <message>
        <source>Remove the absence</source>
        <translation>Убрать отсутствие</translation>
    </message>
    <message>
        <source>Several people…</source>
        <translation>Несколько человек…</translation>
    </message>
    <message>
        <source>To, inclusive</source>
        <translation>По, включительно</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Обучение</translation>
    </message>
    <message>
        <source>Who takes part</source>
        <translation>Кто участвует</translation>
    </message>
    <message>
        <source>Whole days</source>
        <translation>Целые дни</translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>15 minutes less</source>
        <translation>На 15 минут меньше</translation>
    </message>
    <message>
        <source>15 minutes more</source>
        <translation>На 15 минут больше</translation>
    </message>
    <message>
        <source>A ticket of its own from this letter</source>
        <translation>Отдельная заявка из этого письма</translation>
    </message>
    <message>
        <source>Accept what the bar offers</source>
        <translation>Принять то, что предлагает полоса</translation>
    </message>
    <message>
        <source>Answer or promise</source>
        <translation>Ответить или назвать срок</translation>
    </message>
    <message>
        <source>Apply the change of plan</source>
        <translation>Применить изменение плана</translation>
    </message>
    <message>
        <source>Apply the choice</source>
        <translation>Применить выбор</translation>
    </message>
    <message>
        <source>Article from the ticket</source>
        <translation>Статья из заявки</translation>
    </message>
    <message>
        <source>Ask the requester</source>
        <translation>Спросить заявителя</translation>
    </message>
    <message>
        <source>Attach files</source>
        <translation>Приложить файлы</translation>
    </message>
    <message>
        <source>Back to the figures</source>
        <translation>Назад к показателям</translation>
    </message>
    <message>
        <source>Back to the list</source>
        <translation>Назад к списку</translation>
    </message>
    <message>
        <source>Balance of work</source>
        <translation>Баланс работ</translation>
    </message>
    <message>
        <source>Calendar</source>
        <translation>Календарь</translation>
    </message>
    <message>
        <source>Cancel the change of plan</source>
        <translation>Отменить изменение плана</translation>
    </message>
    <message>
        <source>Cause</source>
        <translation>Причина</translation>
    </message>
    <message>
        <source>Compact rows</source>
        <translation>Плотный список</translation>
    </message>
    <message>
        <source>Compare the two versions</source>
        <translation>Сравнить две версии</translation>
    </message>
    <message>
        <source>Composer</source>
        <translation>Редактор</translation>
    </message>
    <message>
        <source>Consent received</source>
        <translation>Согласие получено</translation>
    </message>
    <message>
        <source>Copy the plan as text</source>
        <translation>Скопировать план текстом</translation>
    </message>
    <message>
        <source>Copy the report as cells</source>
        <translation>Скопировать отчёт ячейками</translation>
    </message>
    <message>
        <source>Correct the entry</source>
        <translation>Исправить запись</translation>
    </message>
    <message>
        <source>Customers</source>
        <translation>Клиенты</translation>
    </message>
    <message>
        <source>Dark theme</source>
        <translation>Тёмная тема</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>День</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>Раньше</translation>
    </message>
    <message>
        <source>Edit the article</source>
        <translation>Изменить статью</translation>
    </message>
    <message>
        <source>Effort</source>
        <translation>Трудоёмкость</translation>
    </message>
    <message>
        <source>Emergency re-plan</source>
        <translation>Аварийный перенос</translation>
    </message>
    <message>
        <source>English language</source>
        <translation>Английский язык</translation>
    </message>
    <message>
        <source>Escalate</source>
        <translation>Эскалация</translation>
    </message>
    <message>
        <source>Every change of the ticket</source>
        <translation>Все изменения заявки</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>Везде</translation>
    </message>
    <message>
        <source>Export a person's plan (iCalendar)</source>
        <translation>Выгрузить план специалиста (iCalendar)</translation>
    </message>
    <message>
        <source>Fetch and send mail now</source>
        <translation>Забрать и отправить почту</translation>
    </message>
    <message>
        <source>Filter by skill</source>
        <translation>Отбор по навыку</translation>
    </message>
    <message>
        <source>Filter inside the tab</source>
        <translation>Фильтр внутри вкладки</translation>
    </message>
    <message>
        <source>Find a customer</source>
        <translation>Найти клиента</translation>
    </message>
    <message>
        <source>Find a part</source>
        <translation>Найти деталь</translation>
    </message>
    <message>
        <source>Find an article</source>
        <translation>Найти статью</translation>
    </message>
    <message>
        <source>Find without breaks</source>
        <translation>Найти без срыва</translation>
    </message>
    <message>
        <source>Finish</source>
        <translation>Завершить</translation>
    </message>
    <message>
        <source>First slot</source>
        <translation>Первый вариант</translation>
    </message>
    <message>
        <source>First steps</source>
        <translation>Первые шаги</translation>
    </message>
    <message>
        <source>Follow, or stop following</source>
        <translation>Следить или перестать</translation>
    </message>
    <message>
        <source>Go to date</source>
        <translation>Перейти к дате</translation>
    </message>
    <message>
        <source>Help on where you are</source>
        <translation>Справка о том, где вы сейчас</translation>
    </message>
    <message>
        <source>Insert an article</source>
        <translation>Вставить статью</translation>
    </message>
    <message>
        <source>Keep mine</source>
        <translation>Оставить моё</translation>
    </message>
    <message>
        <source>Keep this search as a tab</source>
        <translation>Сохранить поиск как вкладку</translation>
    </message>
    <message>
        <source>Keep what is shared</source>
        <translation>Оставить из общей базы</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Клавиши</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Позже</translation>
    </message>
    <message>
        <source>Leave the editor, the draft stays</source>
        <translation>Выйти из редактора, черновик останется</translation>
    </message>
    <message>
        <source>Light theme</source>
        <translation>Светлая тема</translation>
    </message>
    <message>
        <source>Longer</source>
        <translation>Длиннее</translation>
    </message>
    <message>
        <source>Look at what was set aside</source>
        <translation>Посмотреть отложенные в сторону</translation>
    </message>
    <message>
        <source>Macros</source>
        <translation>Макросы</translation>
    </message>
    <message>
        <source>Mark along the row</source>
        <translation>Отметить вдоль строки</translation>
    </message>
    <message>
        <source>Mark of satisfaction, told by phone</source>
        <translation>Оценка, названная по телефону</translation>
    </message>
    <message>
        <source>Mark over rows</source>
        <translation>Отметить через строки</translation>
    </message>
    <message>
        <source>Mark several</source>
        <translation>Отметить несколько</translation>
    </message>
    <message>
        <source>Mark the block</source>
        <translation>Отметить блок</translation>
    </message>
    <message>
        <source>Menu bar</source>
        <translation>Строка меню</translation>
    </message>
    <message>
        <source>Merge with another customer</source>
        <translation>Объединить с другим клиентом</translation>
    </message>
    <message>
        <source>Merge with another ticket</source>
        <translation>Объединить с другой заявкой</translation>
    </message>
    <message>
        <source>Month</source>
        <translation>Месяц</translation>
    </message>
    <message>
        <source>More slots</source>
        <translation>Ещё варианты</translation>
    </message>
    <message>
        <source>Move selection</source>
        <translation>Сдвинуть выбор</translation>
    </message>
    <message>
        <source>Move the block earlier</source>
        <translation>Сдвинуть блок раньше</translation>
    </message>
    <message>
        <source>Move the block later</source>
        <translation>Сдвинуть блок позже</translation>
    </message>
    <message>
        <source>Narrower hours</source>
        <translation>Часы уже</translation>
    </message>
    <message>
        <source>New article</source>
        <translation>Новая статья</translation>
    </message>
    <message>
        <source>New customer</source>
        <translation>Новый клиент</translation>
    </message>
    <message>
        <source>New ticket</source>
        <translation>Новая заявка</translation>
    </message>
    <message>
        <source>Next choice</source>
        <translation>Следующий выбор</translation>
    </message>
    <message>
        <source>Next part of the window</source>
        <translation>Следующая часть окна</translation>
    </message>
    <message>
        <source>Next tab</source>
        <translation>Следующая вкладка</translation>
    </message>
    <message>
        <source>Next ticket</source>
        <translation>Следующая заявка</translation>
    </message>
    <message>
        <source>Next tight block</source>
        <translation>Следующий блок без запаса</translation>
    </message>
    <message>
        <source>Not a request</source>
        <translation>Не заявка</translation>
    </message>
    <message>
        <source>Not before, deadline, pieces, on site</source>
        <translation>Не раньше, крайний срок, части, выезд</translation>
    </message>
    <message>
        <source>Not fixed</source>
        <translation>Не исправлено</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Заметка</translation>
    </message>
    <message>
        <source>On its own again</source>
        <translation>Снова сама по себе</translation>
    </message>
    <message>
        <source>Open in the second window</source>
        <translation>Открыть во втором окне</translation>
    </message>
    <message>
        <source>Open the address in maps</source>
        <translation>Открыть адрес на карте</translation>
    </message>
    <message>
        <source>Open the ticket</source>
        <translation>Открыть заявку</translation>
    </message>
    <message>
        <source>Part of a larger fault</source>
        <translation>Часть общей неисправности</translation>
    </message>
    <message>
        <source>Part: came in</source>
        <translation>Деталь: поступила</translation>
    </message>
    <message>
        <source>Part: count</source>
        <translation>Деталь: пересчитать</translation>
    </message>
    <message>
        <source>Part: edit</source>
        <translation>Деталь: изменить</translation>
    </message>
    <message>
        <source>Part: move</source>
        <translation>Деталь: переместить</translation>
    </message>
    <message>
        <source>Part: new</source>
        <translation>Деталь: новая</translation>
    </message>
    <message>
        <source>Part: order</source>
        <translation>Деталь: заказать</translation>
    </message>
    <message>
        <source>Phone call</source>
        <translation>Звонок</translation>
    </message>
    <message>
        <source>Pin or let go</source>
        <translation>Закрепить или отпустить</translation>
    </message>
    <message>
        <source>Plan a visit</source>
        <translation>Запланировать выезд</translation>
    </message>
    <message>
        <source>Plan all that is waiting</source>
        <translation>Запланировать всё, что ждёт</translation>
    </message>
    <message>
        <source>Plan as a table</source>
        <translation>План таблицей</translation>
    </message>
    <message>
        <source>Previous choice</source>
        <translation>Предыдущий выбор</translation>
    </message>
    <message>
        <source>Previous part of the window</source>
        <translation>Предыдущая часть окна</translation>
    </message>
    <message>
        <source>Previous tab</source>
        <translation>Предыдущая вкладка</translation>
    </message>
    <message>
        <source>Previous ticket</source>
        <translation>Предыдущая заявка</translation>
    </message>
    <message>
        <source>Print the plan</source>
        <translation>Напечатать план</translation>
    </message>
    <message>
        <source>Print the report</source>
        <translation>Напечатать отчёт</translation>
    </message>
    <message>
        <source>Promise the next slot</source>
        <translation>Пообещать следующий слот</translation>
    </message>
    <message>
        <source>Protocol</source>
        <translation>Протокол</translation>
    </message>
    <message>
        <source>Put back into the tray</source>
        <translation>Вернуть в лоток</translation>
    </message>
    <message>
        <source>Questions of the cause</source>
        <translation>Вопросы по причине</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Очередь</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Выйти</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Вернуть</translation>
    </message>
    <message>
        <source>Refuse</source>
        <translation>Отказ</translation>
    </message>
    <message>
        <source>Remind me</source>
        <translation>Напомнить мне</translation>
    </message>
    <message>
        <source>Repeat the visit</source>
        <translation>Повторить выезд</translation>
    </message>
    <message>
        <source>Reserve a part</source>
        <translation>Зарезервировать деталь</translation>
    </message>
    <message>
        <source>Return with a reason</source>
        <translation>Вернуть с причиной</translation>
    </message>
    <message>
        <source>Russian language</source>
        <translation>Русский язык</translation>
    </message>
    <message>
        <source>Save the article</source>
        <translation>Сохранить статью</translation>
    </message>
    <message>
        <source>Save the plan as PDF</source>
        <translation>Сохранить план в PDF</translation>
    </message>
    <message>
        <source>Save the report as CSV</source>
        <translation>Сохранить отчёт в CSV</translation>
    </message>
    <message>
        <source>Save the report as PDF</source>
        <translation>Сохранить отчёт в PDF</translation>
    </message>
    <message>
        <source>Save the reports as XLSX</source>
        <translation>Сохранить отчёты в XLSX</translation>
    </message>
    <message>
        <source>Search and commands</source>
        <translation>Поиск и команды</translation>
    </message>
    <message>
        <source>Second slot</source>
        <translation>Второй вариант</translation>
    </message>
    <message>
        <source>Second window</source>
        <translation>Второе окно</translation>
    </message>
    <message>
        <source>Send or record</source>
        <translation>Отправить или записать</translation>
    </message>
    <message>
        <source>Share this desk, invite, join</source>
        <translation>Сделать базу общей, пригласить, войти</translation>
    </message>
    <message>
        <source>Shorter</source>
        <translation>Короче</translation>
    </message>
    <message>
        <source>Side panel</source>
        <translation>Боковая панель</translation>
    </message>
    <message>
        <source>Snooze</source>
        <translation>Отложить</translation>
    </message>
    <message>
        <source>Spam</source>
        <translation>Спам</translation>
    </message>
    <message>
        <source>Specialist</source>
        <translation>Исполнитель</translation>
    </message>
    <message>
        <source>Split the block</source>
        <translation>Разделить блок</translation>
    </message>
    <message>
        <source>Swap two blocks</source>
        <translation>Поменять два блока местами</translation>
    </message>
    <message>
        <source>Sync</source>
        <translation>Синхронизация</translation>
    </message>
    <message>
        <source>Take apart what was merged</source>
        <translation>Разъединить объединённое</translation>
    </message>
    <message>
        <source>Take from the tray</source>
        <translation>Взять из лотка</translation>
    </message>
    <message>
        <source>Take this tab away</source>
        <translation>Убрать эту вкладку</translation>
    </message>
    <message>
        <source>Tell a new date, or remind</source>
        <translation>Назвать новый срок или напомнить</translation>
    </message>
    <message>
        <source>The third way</source>
        <translation>Третий путь</translation>
    </message>
    <message>
        <source>The work takes longer</source>
        <translation>Работа занимает больше времени</translation>
    </message>
    <message>
        <source>Theme of the system</source>
        <translation>Тема системы</translation>
    </message>
    <message>
        <source>Third slot</source>
        <translation>Третий вариант</translation>
    </message>
    <message>
        <source>Ticket</source>
        <translation>Заявка</translation>
    </message>
    <message>
        <source>Timer start, stop</source>
        <translation>Таймер: пуск, стоп</translation>
    </message>
    <message>
        <source>To the person above</source>
        <translation>К специалисту выше</translation>
    </message>
    <message>
        <source>To the person below</source>
        <translation>К специалисту ниже</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Сегодня</translation>
    </message>
    <message>
        <source>Two weeks</source>
        <translation>Две недели</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Отменить</translation>
    </message>
    <message>
        <source>Urgency</source>
        <translation>Срочность</translation>
    </message>
    <message>
        <source>User guide</source>
        <translation>Руководство</translation>
    </message>
    <message>
        <source>Visit sheet as PDF</source>
        <translation>Лист выезда в PDF</translation>
    </message>
    <message>
        <source>Visit: another time</source>
        <translation>Выезд: другое время</translation>
    </message>
    <message>
        <source>Visit: customer confirmed</source>
        <translation>Выезд: клиент подтвердил</translation>
    </message>
    <message>
        <source>Visit: next step</source>
        <translation>Выезд: следующий шаг</translation>
    </message>
    <message>
        <source>Wait, or go on</source>
        <translation>Ждать или продолжить</translation>
    </message>
    <message>
        <source>Week</source>
        <translation>Неделя</translation>
    </message>
    <message>
        <source>What the figure counts</source>
        <translation>Что считает показатель</translation>
    </message>
    <message>
        <source>Why this date</source>
        <translation>Почему эта дата</translation>
    </message>
    <message>
        <source>Wider hours</source>
        <translation>Часы шире</translation>
    </message>
    <message>
        <source>hub folder PostgreSQL invitation colleague</source>
        <translation>хаб папка PostgreSQL приглашение коллега общая база</translation>
    </message>
</context>
<context>
    <name>Acts</name>
    <message>
        <source>agree</source>
        <translation>согласие</translation>
    </message>
    <message>
        <source>disagree</source>
        <translation>несогласие</translation>
    </message>
    <message>
        <source>finish</source>
        <translation>завершение</translation>
    </message>
    <message>
        <source>letter</source>
        <translation>письмо</translation>
    </message>
    <message>
        <source>merge</source>
        <translation>объединение</translation>
    </message>
    <message>
        <source>plan</source>
        <translation>планирование</translation>
    </message>
    <message>
        <source>promise</source>
        <translation>обещание</translation>
    </message>
    <message>
        <source>question</source>
        <translation>вопрос</translation>
    </message>
    <message>
        <source>refuse</source>
        <translation>отказ</translation>
    </message>
    <message>
        <source>remind</source>
        <translation>напоминание</translation>
    </message>
    <message>
        <source>reopen</source>
        <translation>новое открытие</translation>
    </message>
    <message>
        <source>reply</source>
        <translation>ответ</translation>
    </message>
    <message>
        <source>resume</source>
        <translation>продолжение работы</translation>
    </message>
    <message>
        <source>start</source>
        <translation>начало работы</translation>
    </message>
    <message>
        <source>wait</source>
        <translation>ожидание</translation>
    </message>
</context>
<context>
    <name>Agreed</name>
    <message>
        <source>Agreed on the time</source>
        <translation>Оговорено о времени</translation>
    </message>
    <message>
        <source>Monday morning</source>
        <translation>в понедельник утром</translation>
    </message>
    <message>
        <source>Not before</source>
        <translation>Не раньше</translation>
    </message>
    <message>
        <source>Pieces</source>
        <translation>Частями</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Место</translation>
    </message>
    <message>
        <source>Wanted by</source>
        <translation>Нужно к</translation>
    </message>
    <message>
        <source>at the desk</source>
        <translation>удалённо</translation>
    </message>
    <message>
        <source>by the desk's rule</source>
        <translation>как принято</translation>
    </message>
    <message>
        <source>in one piece</source>
        <translation>одним куском</translation>
    </message>
    <message>
        <source>not under %1</source>
        <translation>не короче %1</translation>
    </message>
    <message>
        <source>nothing was agreed</source>
        <translation>не оговорено</translation>
    </message>
    <message>
        <source>on site, next door</source>
        <translation>на месте, рядом</translation>
    </message>
    <message>
        <source>on site, way %1</source>
        <translation>на месте, дорога %1</translation>
    </message>
    <message>
        <source>thu 10:00, 12.11, tomorrow</source>
        <translation>чт 10:00, 12.11, завтра</translation>
    </message>
    <message>
        <source>tomorrow</source>
        <translation>завтра</translation>
    </message>
</context>
<context>
    <name>Asking</name>
    <message>
        <source>Add a question</source>
        <translation>Добавить вопрос</translation>
    </message>
    <message>
        <source>Answers = zone of the fault</source>
        <translation>Ответы = зона неисправности</translation>
    </message>
    <message>
        <source>Answers stand side by side: yes = Driver; no = Cable. None: answered in own words.</source>
        <translation>Ответы пишут подряд: да = Драйвер; нет = Кабель. Если их нет, отвечают своими словами.</translation>
    </message>
    <message>
        <source>Asked</source>
        <translation>Спрашивать</translation>
    </message>
    <message>
        <source>In English</source>
        <translation>По-английски</translation>
    </message>
    <message>
        <source>New question</source>
        <translation>Новый вопрос</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>Вопрос</translation>
    </message>
    <message>
        <source>Questions of the cause</source>
        <translation>Вопросы по причине</translation>
    </message>
</context>
<context>
    <name>AssignmentPage</name>
    <message>
        <source>%1 (not in use)</source>
        <translation>%1 (не действует)</translation>
    </message>
    <message>
        <source>Add a rule</source>
        <translation>Добавить правило</translation>
    </message>
    <message>
        <source>After</source>
        <translation>Через</translation>
    </message>
    <message>
        <source>Any of them</source>
        <translation>Любое из них</translation>
    </message>
    <message>
        <source>By</source>
        <translation>Почему</translation>
    </message>
    <message>
        <source>By load</source>
        <translation>По загрузке</translation>
    </message>
    <message>
        <source>Cause</source>
        <translation>Причина</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>Выше</translation>
    </message>
    <message>
        <source>From urgency</source>
        <translation>Начиная со срочности</translation>
    </message>
    <message>
        <source>Goes to</source>
        <translation>Кому</translation>
    </message>
    <message>
        <source>Going up a line</source>
        <translation>Подъём на линию выше</translation>
    </message>
    <message>
        <source>Has it</source>
        <translation>Сейчас у</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>Действует</translation>
    </message>
    <message>
        <source>Mail domain</source>
        <translation>Почтовый домен</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Название</translation>
    </message>
    <message>
        <source>New rule</source>
        <translation>Новое правило</translation>
    </message>
    <message>
        <source>New tickets</source>
        <translation>Новые заявки</translation>
    </message>
    <message>
        <source>On the line</source>
        <translation>На линии</translation>
    </message>
    <message>
        <source>Rules, the first that fits decides</source>
        <translation>Правила, решает первое подходящее</translation>
    </message>
    <message>
        <source>Skill needed</source>
        <translation>Нужен навык</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>Тема</translation>
    </message>
    <message>
        <source>The rule</source>
        <translation>Правило</translation>
    </message>
    <message>
        <source>This urgent or more</source>
        <translation>Срочность не ниже</translation>
    </message>
    <message>
        <source>Ticket</source>
        <translation>Заявка</translation>
    </message>
    <message>
        <source>To the line</source>
        <translation>На линию</translation>
    </message>
    <message>
        <source>To who has most free time in the week ahead</source>
        <translation>Тому, у кого на неделю вперёд больше свободного времени</translation>
    </message>
    <message>
        <source>VIP alone</source>
        <translation>Только VIP</translation>
    </message>
    <message>
        <source>What the last 50 tickets would get</source>
        <translation>Кому достались бы последние 50 заявок</translation>
    </message>
    <message>
        <source>Who gets them</source>
        <translation>Кому достаются</translation>
    </message>
    <message>
        <source>Words of the subject</source>
        <translation>Слова темы</translation>
    </message>
    <message>
        <source>Working time in which nobody took it; empty: nothing goes up by itself</source>
        <translation>Рабочее время, за которое никто не взял; пусто: само ничего не поднимается</translation>
    </message>
    <message>
        <source>Would get it</source>
        <translation>Досталась бы</translation>
    </message>
    <message>
        <source>a person says</source>
        <translation>решает человек</translation>
    </message>
    <message>
        <source>any</source>
        <translation>любая</translation>
    </message>
    <message>
        <source>as it is</source>
        <translation>как есть</translation>
    </message>
    <message>
        <source>free time</source>
        <translation>свободное время</translation>
    </message>
    <message>
        <source>nobody</source>
        <translation>никому</translation>
    </message>
    <message>
        <source>the rules say</source>
        <translation>решают правила</translation>
    </message>
    <message>
        <source>the rules, else who has most free time</source>
        <translation>правила, иначе у кого больше свободного времени</translation>
    </message>
    <message>
        <source>whoever the load says</source>
        <translation>кого выберет загрузка</translation>
    </message>
</context>
<context>
    <name>Attachments</name>
    <message>
        <source>Attach files</source>
        <translation>Приложить файлы</translation>
    </message>
    <message>
        <source>Attachments</source>
        <translation>Вложения</translation>
    </message>
</context>
<context>
    <name>Balance</name>
    <message>
        <source>Balance of work</source>
        <translation>Баланс работ</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>Свободно</translation>
    </message>
    <message>
        <source>Line %1</source>
        <translation>Линия %1</translation>
    </message>
    <message>
        <source>No day is too full.</source>
        <translation>Перегруженных дней нет.</translation>
    </message>
    <message>
        <source>Not planned</source>
        <translation>Без плана</translation>
    </message>
    <message>
        <source>Open work</source>
        <translation>Работы</translation>
    </message>
    <message>
        <source>Open work against free hours</source>
        <translation>Открытые работы и свободные часы</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Людей</translation>
    </message>
    <message>
        <source>Skill or line</source>
        <translation>Навык или линия</translation>
    </message>
    <message>
        <source>Suggestions</source>
        <translation>Предложения</translation>
    </message>
    <message>
        <source>Until %1, everybody's bookings and absences taken off</source>
        <translation>До даты: %1; планы и отсутствия вычтены</translation>
    </message>
    <message>
        <source>too little room</source>
        <translation>места мало</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Details</source>
        <translation>Подробности</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Скрыть</translation>
    </message>
</context>
<context>
    <name>Calendar</name>
    <message>
        <source>%1 (by %2)</source>
        <comment>what happened, person</comment>
        <translation>%1 (сделал(а) %2)</translation>
    </message>
    <message>
        <source>%1 by %2</source>
        <comment>ticket, lateness</comment>
        <translation>%1 на %2</translation>
    </message>
    <message>
        <source>%1 kept for the unforeseen</source>
        <translation>%1 оставлено на непредвиденное</translation>
    </message>
    <message>
        <source>%1 moved from %2 to %3</source>
        <comment>ticket, time, time</comment>
        <translation>%1 перенесена с %2 на %3</translation>
    </message>
    <message>
        <source>%1 of %2 h</source>
        <translation>%1 из %2 ч</translation>
    </message>
    <message>
        <source>%1 takes longer than planned</source>
        <translation>%1 занимает больше, чем запланировано</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>с %1 до %2</translation>
    </message>
    <message>
        <source>%1 took %2</source>
        <comment>person, ticket</comment>
        <translation>%2 теперь ведёт %1</translation>
    </message>
    <message>
        <source>%1 took %2 for %3</source>
        <comment>person, time, ticket</comment>
        <translation>%1 занял(а) %2 для %3</translation>
    </message>
    <message>
        <source>%1 until %2</source>
        <comment>absence, date</comment>
        <translation>%1 до %2</translation>
    </message>
    <message>
        <source>%1 was moved</source>
        <comment>ticket</comment>
        <translation>%1 перенесена</translation>
    </message>
    <message>
        <source>%1 was put back</source>
        <comment>ticket</comment>
        <translation>%1 возвращена в список</translation>
    </message>
    <message>
        <source>%1 was put back: %2 is free, %3</source>
        <comment>ticket, time, person</comment>
        <translation>%1 снята с плана: %2 свободно, %3</translation>
    </message>
    <message>
        <source>%1 went from %2 to %3, %4</source>
        <comment>ticket, person, person, time</comment>
        <translation>%1 перешла от %2 к %3, %4</translation>
    </message>
    <message>
        <source>%1 working hours</source>
        <translation>%1 рабочего часа</translation>
    </message>
    <message>
        <source>%1, %2 %3 %4</source>
        <comment>weekday, day month year</comment>
        <translation>%1, %2 %3 %4</translation>
    </message>
    <message>
        <source>%1, visit</source>
        <translation>%1, выезд</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>count, which</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>customer, subject</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1: booked %2 of %3 h</source>
        <translation>%1: занято %2 из %3 ч</translation>
    </message>
    <message numerus="yes">
        <source>%n block(s) stay: pinned, in progress or done.</source>
        <translation>
            <numerusform>%n блок остаётся: закреплён, в работе или выполнен.</numerusform>
            <numerusform>%n блока остаются: закреплены, в работе или выполнены.</numerusform>
            <numerusform>%n блоков остаются: закреплены, в работе или выполнены.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n blocks</source>
        <translation>
            <numerusform>%n блок</numerusform>
            <numerusform>%n блока</numerusform>
            <numerusform>%n блоков</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more chosen</source>
        <translation>
            <numerusform>ещё выбран %n</numerusform>
            <numerusform>ещё выбрано %n</numerusform>
            <numerusform>ещё выбрано %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n specialist(s)</source>
        <translation>
            <numerusform>%n специалист</numerusform>
            <numerusform>%n специалиста</numerusform>
            <numerusform>%n специалистов</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n working hour(s)</source>
        <translation>
            <numerusform>%n рабочий час</numerusform>
            <numerusform>%n рабочих часа</numerusform>
            <numerusform>%n рабочих часов</numerusform>
        </translation>
    </message>
    <message>
        <source>2 to 8 hours</source>
        <translation>2–8 часов</translation>
    </message>
    <message>
        <source>2 weeks</source>
        <translation>2 недели</translation>
    </message>
    <message>
        <source>5 Nov, Friday, tomorrow</source>
        <translation>5 ноя, пятница, завтра</translation>
    </message>
    <message>
        <source>A place for everything that has an estimate, seen first (Shift+Ins)</source>
        <translation>Место для всего, у чего есть оценка; сначала предпросмотр (Shift+Ins)</translation>
    </message>
    <message>
        <source>Absent</source>
        <translation>Отсутствует</translation>
    </message>
    <message>
        <source>All skills</source>
        <translation>Все навыки</translation>
    </message>
    <message>
        <source>An estimate is needed: 2h30, 2:30, 150</source>
        <translation>Нужна оценка: 2ч30, 2:30, 150</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Применить</translation>
    </message>
    <message numerus="yes">
        <source>Assigned %n</source>
        <translation>
            <numerusform>Назначить %n</numerusform>
            <numerusform>Назначить %n</numerusform>
            <numerusform>Назначить %n</numerusform>
        </translation>
    </message>
    <message>
        <source>Calendar</source>
        <translation>Календарь</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отменить</translation>
    </message>
    <message>
        <source>Choose a block first: arrows move from one to the next.</source>
        <translation>Сначала выберите блок: стрелки переходят от одного к другому.</translation>
    </message>
    <message>
        <source>Choose two blocks first: Space marks, or Ctrl and a click.</source>
        <translation>Сначала выберите два блока: пробел отмечает, или Ctrl и щелчок.</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>Клиент</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>День</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Выполнено</translation>
    </message>
    <message>
        <source>Done work stays where it was.</source>
        <translation>Выполненная работа остаётся на месте.</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>Раньше</translation>
    </message>
    <message>
        <source>Effort of %1</source>
        <translation>Трудоёмкость %1</translation>
    </message>
    <message>
        <source>Emergency</source>
        <translation>Авария</translation>
    </message>
    <message>
        <source>Emergency re-plan</source>
        <translation>Аварийный перенос</translation>
    </message>
    <message>
        <source>Everything is planned.</source>
        <translation>Всё запланировано.</translation>
    </message>
    <message>
        <source>Export the plan of %1</source>
        <translation>Выгрузить план: %1</translation>
    </message>
    <message>
        <source>Filter by skill: %1</source>
        <translation>Отбор по навыку: %1</translation>
    </message>
    <message>
        <source>Find without breaks</source>
        <translation>Найти без срыва</translation>
    </message>
    <message>
        <source>From</source>
        <translation>С</translation>
    </message>
    <message>
        <source>Give the reason: it stays with the block</source>
        <translation>Напишите причину: она останется у блока</translation>
    </message>
    <message>
        <source>Go to date</source>
        <translation>Перейти к дате</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Позже</translation>
    </message>
    <message>
        <source>Length of time shown</source>
        <translation>Показанный срок</translation>
    </message>
    <message>
        <source>Meeting</source>
        <translation>Совещание</translation>
    </message>
    <message>
        <source>Month</source>
        <translation>Месяц</translation>
    </message>
    <message numerus="yes">
        <source>Moved %n within slack</source>
        <translation>
            <numerusform>Сдвинуть %n с запасом</numerusform>
            <numerusform>Сдвинуть %n с запасом</numerusform>
            <numerusform>Сдвинуть %n с запасом</numerusform>
        </translation>
    </message>
    <message>
        <source>No block here has under two hours of slack.</source>
        <translation>Здесь нет блоков с запасом меньше двух часов.</translation>
    </message>
    <message>
        <source>No estimate</source>
        <translation>Без оценки</translation>
    </message>
    <message>
        <source>No room in what is shown</source>
        <translation>В показанных днях нет места</translation>
    </message>
    <message>
        <source>No specialists yet. Add them in the settings.</source>
        <translation>Специалистов пока нет. Добавьте их в настройках.</translation>
    </message>
    <message>
        <source>Nobody has this skill.</source>
        <translation>Этого навыка нет ни у кого.</translation>
    </message>
    <message>
        <source>On duty</source>
        <translation>Дежурство</translation>
    </message>
    <message>
        <source>On duty %1 to %2</source>
        <translation>Дежурство: %1 – %2</translation>
    </message>
    <message>
        <source>Only a visit can be repeated.</source>
        <translation>Повторить можно только выезд.</translation>
    </message>
    <message>
        <source>Over by %1</source>
        <translation>Перегруз %1</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>Специалист</translation>
    </message>
    <message>
        <source>Place anyway</source>
        <translation>Всё равно поставить</translation>
    </message>
    <message>
        <source>Plan all</source>
        <translation>Запланировать всё</translation>
    </message>
    <message>
        <source>Plan as a table</source>
        <translation>План таблицей</translation>
    </message>
    <message>
        <source>Planned</source>
        <translation>Запланировано</translation>
    </message>
    <message>
        <source>Preview of the change</source>
        <translation>Предпросмотр изменения</translation>
    </message>
    <message>
        <source>Preview: %1 → %2</source>
        <translation>Предпросмотр: %1 → %2</translation>
    </message>
    <message>
        <source>Preview: %1 ↔ %2</source>
        <translation>Предпросмотр: %1 ↔ %2</translation>
    </message>
    <message>
        <source>Promise</source>
        <translation>Обещано</translation>
    </message>
    <message numerus="yes">
        <source>Promises broken %n</source>
        <translation>
            <numerusform>Сорвать %n</numerusform>
            <numerusform>Сорвать %n</numerusform>
            <numerusform>Сорвать %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Reassigned %n</source>
        <translation>
            <numerusform>Передать %n</numerusform>
            <numerusform>Передать %n</numerusform>
            <numerusform>Передать %n</numerusform>
        </translation>
    </message>
    <message>
        <source>Recomputed: %1</source>
        <translation>Пересчитано: %1</translation>
    </message>
    <message>
        <source>Save the plan as PDF</source>
        <translation>Сохранить план в PDF</translation>
    </message>
    <message>
        <source>Saved.</source>
        <translation>Сохранено.</translation>
    </message>
    <message>
        <source>Show people with skill</source>
        <translation>Показать людей с навыком</translation>
    </message>
    <message>
        <source>Sick leave</source>
        <translation>Больничный</translation>
    </message>
    <message>
        <source>Slack</source>
        <translation>Запас</translation>
    </message>
    <message>
        <source>Slack before the promise</source>
        <translation>Запас до обещания</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Состояние</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>Таблица</translation>
    </message>
    <message>
        <source>The block cannot be split.</source>
        <translation>Этот блок нельзя разделить.</translation>
    </message>
    <message>
        <source>The block is pinned. P lets it go.</source>
        <translation>Блок закреплён. P отпускает его.</translation>
    </message>
    <message>
        <source>The block is too short to be split.</source>
        <translation>Блок слишком короткий, чтобы его делить.</translation>
    </message>
    <message>
        <source>The plan has changed. The preview was computed anew.</source>
        <translation>План изменился. Предпросмотр пересчитан.</translation>
    </message>
    <message>
        <source>The plan is on the clipboard.</source>
        <translation>План скопирован.</translation>
    </message>
    <message>
        <source>Ticket</source>
        <translation>Заявка</translation>
    </message>
    <message>
        <source>To</source>
        <translation>До</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Сегодня</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Обучение</translation>
    </message>
    <message>
        <source>Travel</source>
        <translation>Дорога</translation>
    </message>
    <message>
        <source>Travel belongs to its visit.</source>
        <translation>Дорога относится к своему выезду.</translation>
    </message>
    <message>
        <source>Unplanned</source>
        <translation>Без плана</translation>
    </message>
    <message>
        <source>Unplanned %1</source>
        <translation>Без плана: %1</translation>
    </message>
    <message>
        <source>Vacation</source>
        <translation>Отпуск</translation>
    </message>
    <message>
        <source>Visit</source>
        <translation>Выезд</translation>
    </message>
    <message>
        <source>Week</source>
        <translation>Неделя</translation>
    </message>
    <message>
        <source>What is waiting, planned at once</source>
        <translation>Всё, что ждёт, одним планом</translation>
    </message>
    <message numerus="yes">
        <source>Won't fit %n</source>
        <translation>
            <numerusform>Не помещается %n</numerusform>
            <numerusform>Не помещаются %n</numerusform>
            <numerusform>Не помещаются %n</numerusform>
        </translation>
    </message>
    <message>
        <source>Work in progress can be stretched, not moved.</source>
        <translation>Начатую работу можно растянуть, но не сдвинуть.</translation>
    </message>
    <message numerus="yes">
        <source>and %n more change(s)</source>
        <translation>
            <numerusform>и ещё %n изменение</numerusform>
            <numerusform>и ещё %n изменения</numerusform>
            <numerusform>и ещё %n изменений</numerusform>
        </translation>
    </message>
    <message>
        <source>answer overdue</source>
        <translation>ответ просрочен</translation>
    </message>
    <message>
        <source>answered</source>
        <translation>отвечено</translation>
    </message>
    <message>
        <source>by %1</source>
        <translation>до %1</translation>
    </message>
    <message>
        <source>continued</source>
        <translation>продолжение</translation>
    </message>
    <message>
        <source>late %1</source>
        <translation>срыв %1</translation>
    </message>
    <message>
        <source>load of the day</source>
        <translation>загрузка дня</translation>
    </message>
    <message>
        <source>load of the week</source>
        <translation>загрузка недели</translation>
    </message>
    <message>
        <source>load of two weeks</source>
        <translation>загрузка двух недель</translation>
    </message>
    <message>
        <source>no promise yet</source>
        <translation>срок не назван</translation>
    </message>
    <message>
        <source>on duty</source>
        <translation>дежурит</translation>
    </message>
    <message>
        <source>other work</source>
        <translation>другая работа</translation>
    </message>
    <message>
        <source>over a day</source>
        <translation>больше дня</translation>
    </message>
    <message>
        <source>part %1 of %2</source>
        <translation>часть %1 из %2</translation>
    </message>
    <message>
        <source>past</source>
        <comment>day</comment>
        <translation>прошёл</translation>
    </message>
    <message>
        <source>pinned</source>
        <translation>закреплено</translation>
    </message>
    <message>
        <source>promise broken</source>
        <translation>срыв обещания</translation>
    </message>
    <message>
        <source>promise is past</source>
        <translation>срок прошёл</translation>
    </message>
    <message>
        <source>promised %1</source>
        <translation>срок %1</translation>
    </message>
    <message>
        <source>short Friday</source>
        <translation>короткая пятница</translation>
    </message>
    <message>
        <source>short Monday</source>
        <translation>короткий понедельник</translation>
    </message>
    <message>
        <source>short Saturday</source>
        <translation>короткая суббота</translation>
    </message>
    <message>
        <source>short Sunday</source>
        <translation>короткое воскресенье</translation>
    </message>
    <message>
        <source>short Thursday</source>
        <translation>короткий четверг</translation>
    </message>
    <message>
        <source>short Tuesday</source>
        <translation>короткий вторник</translation>
    </message>
    <message>
        <source>short Wednesday</source>
        <translation>короткая среда</translation>
    </message>
    <message>
        <source>the hours of %1 were changed</source>
        <comment>person</comment>
        <translation>рабочее время изменилось: %1</translation>
    </message>
    <message>
        <source>today</source>
        <comment>day</comment>
        <translation>сегодня</translation>
    </message>
    <message>
        <source>under 2 hours</source>
        <translation>меньше 2 часов</translation>
    </message>
    <message>
        <source>until %1</source>
        <translation>до %1</translation>
    </message>
    <message>
        <source>was</source>
        <translation>было</translation>
    </message>
    <message>
        <source>what holds for %1 was changed</source>
        <comment>ticket</comment>
        <translation>условия %1 изменились</translation>
    </message>
    <message>
        <source>will be</source>
        <translation>станет</translation>
    </message>
    <message>
        <source>you</source>
        <translation>вы</translation>
    </message>
</context>
<context>
    <name>CalendarsPage</name>
    <message>
        <source>%1 are no hours. Write 9–13, 14–18. The old ones were kept.</source>
        <translation>%1 не похоже на часы. Напишите 9–13, 14–18. Остались прежние.</translation>
    </message>
    <message>
        <source>%1 cannot be read.</source>
        <translation>%1 не читается.</translation>
    </message>
    <message numerus="yes">
        <source>%n date(s) read.</source>
        <translation>
            <numerusform>Прочитана %n дата.</numerusform>
            <numerusform>Прочитано %n даты.</numerusform>
            <numerusform>Прочитано %n дат.</numerusform>
        </translation>
    </message>
    <message>
        <source>9–13, 14–17</source>
        <translation>9–13, 14–17</translation>
    </message>
    <message>
        <source>A shortened or working day needs its hours.</source>
        <translation>Короткому или рабочему дню нужны часы.</translation>
    </message>
    <message>
        <source>Add a calendar</source>
        <translation>Добавить календарь</translation>
    </message>
    <message>
        <source>Add the date</source>
        <translation>Добавить день</translation>
    </message>
    <message>
        <source>Calendars</source>
        <translation>Календари</translation>
    </message>
    <message>
        <source>Country</source>
        <translation>Страна</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Дата</translation>
    </message>
    <message>
        <source>Date to add</source>
        <translation>Какой день добавить</translation>
    </message>
    <message>
        <source>Dates that differ</source>
        <translation>Особые дни</translation>
    </message>
    <message>
        <source>Europe/Moscow, Asia/Yekaterinburg</source>
        <translation>Europe/Moscow, Asia/Yekaterinburg</translation>
    </message>
    <message>
        <source>Fill in holidays</source>
        <translation>Внести праздники</translation>
    </message>
    <message>
        <source>Filled in. Shortened days are added by hand or read from a production calendar.</source>
        <translation>Заполнено. Сокращённые дни добавляются вручную или читаются из производственного календаря.</translation>
    </message>
    <message>
        <source>From year</source>
        <translation>С года</translation>
    </message>
    <message>
        <source>Holiday</source>
        <translation>Праздник</translation>
    </message>
    <message>
        <source>Holidays of %1 to %2: %3</source>
        <translation>Праздники %1–%2: %3</translation>
    </message>
    <message>
        <source>Hours</source>
        <translation>Часы</translation>
    </message>
    <message>
        <source>Hours of the date</source>
        <translation>Часы дня</translation>
    </message>
    <message>
        <source>Hours of the week</source>
        <translation>Часы недели</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Вид</translation>
    </message>
    <message>
        <source>Kind of the date</source>
        <translation>Вид дня</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Название</translation>
    </message>
    <message>
        <source>New calendar</source>
        <translation>Новый календарь</translation>
    </message>
    <message>
        <source>Other hours on %1</source>
        <translation>Другие часы: %1</translation>
    </message>
    <message>
        <source>Other hours: %1</source>
        <translation>Другие часы: %1</translation>
    </message>
    <message>
        <source>Production calendar %1: %2</source>
        <translation>Производственный календарь %1: %2</translation>
    </message>
    <message>
        <source>Production calendars (%1)</source>
        <translation>Производственные календари (%1)</translation>
    </message>
    <message>
        <source>Read a production calendar</source>
        <translation>Прочитать производственный календарь</translation>
    </message>
    <message>
        <source>Read a production calendar…</source>
        <translation>Прочитать производственный календарь…</translation>
    </message>
    <message>
        <source>Remove the date</source>
        <translation>Убрать день</translation>
    </message>
    <message>
        <source>Several intervals a day: 9–13, 14–18. Empty: a day off.</source>
        <translation>Несколько промежутков в день: 9–13, 14–18. Пусто: выходной.</translation>
    </message>
    <message>
        <source>Shortened</source>
        <translation>Короткий</translation>
    </message>
    <message>
        <source>Time zone</source>
        <translation>Часовой пояс</translation>
    </message>
    <message>
        <source>To year</source>
        <translation>По год</translation>
    </message>
    <message>
        <source>Working day</source>
        <translation>Рабочий</translation>
    </message>
    <message>
        <source>XML of xmlcalendar.ru or CSV; shortened days come along</source>
        <translation>XML с xmlcalendar.ru или CSV; сокращённые дни тоже заполняются</translation>
    </message>
</context>
<context>
    <name>Call</name>
    <message numerus="yes">
        <source>%n open</source>
        <translation>
            <numerusform>%n открытая</numerusform>
            <numerusform>%n открытые</numerusform>
            <numerusform>%n открытых</numerusform>
        </translation>
    </message>
    <message>
        <source>Give the effort or a cause, and the earliest date stands here.</source>
        <translation>Укажите трудоёмкость или причину, и здесь появится ближайший срок.</translation>
    </message>
    <message>
        <source>It fits nowhere in the days ahead.</source>
        <translation>В ближайшие дни места нет.</translation>
    </message>
    <message>
        <source>Nearest: %1, %2</source>
        <translation>Ближайшее: %1, %2</translation>
    </message>
    <message>
        <source>Nobody who works here may do this.</source>
        <translation>Никто из команды не может это сделать.</translation>
    </message>
    <message numerus="yes">
        <source>breaks %n promise(s)</source>
        <translation>
            <numerusform>сорвёт %n обещание</numerusform>
            <numerusform>сорвёт %n обещания</numerusform>
            <numerusform>сорвёт %n обещаний</numerusform>
        </translation>
    </message>
    <message>
        <source>forecast %1</source>
        <translation>прогноз %1</translation>
    </message>
    <message>
        <source>if it takes %1, as usual</source>
        <translation>если займёт %1, как обычно</translation>
    </message>
    <message>
        <source>promised by %1</source>
        <translation>обещано: %1</translation>
    </message>
    <message>
        <source>resolved %1</source>
        <translation>решена %1</translation>
    </message>
    <message>
        <source>specialist %1</source>
        <translation>специалист %1</translation>
    </message>
    <message>
        <source>the date will be told by %1</source>
        <translation>срок сообщим: %1</translation>
    </message>
</context>
<context>
    <name>CallDialog</name>
    <message>
        <source>A note goes to a ticket: choose the caller, or type its number.</source>
        <translation>Заметка пишется к заявке: выберите, кто звонит, или наберите её номер.</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>Звонок</translation>
    </message>
    <message>
        <source>Cause</source>
        <translation>Причина</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>Создать</translation>
    </message>
    <message>
        <source>In a few words</source>
        <translation>В двух словах</translation>
    </message>
    <message>
        <source>Name the date</source>
        <translation>Назвать срок</translation>
    </message>
    <message>
        <source>New ticket</source>
        <translation>Новая заявка</translation>
    </message>
    <message>
        <source>Note only</source>
        <translation>Только заметка</translation>
    </message>
    <message>
        <source>Open tickets of this caller</source>
        <translation>Открытые заявки этого клиента</translation>
    </message>
    <message>
        <source>Outage</source>
        <translation>Авария</translation>
    </message>
    <message>
        <source>Phone, name, customer, or the number of a ticket</source>
        <translation>Телефон, имя, клиент или номер заявки</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Записать</translation>
    </message>
    <message>
        <source>Say in a few words what happened.</source>
        <translation>Напишите в двух словах, что случилось.</translation>
    </message>
    <message>
        <source>The call takes %1</source>
        <translation>Звонок длится %1</translation>
    </message>
    <message>
        <source>To the ticket</source>
        <translation>К заявке</translation>
    </message>
    <message>
        <source>Urgency</source>
        <translation>Срочность</translation>
    </message>
    <message>
        <source>VIP</source>
        <translation>VIP</translation>
    </message>
    <message>
        <source>What else was said</source>
        <translation>Что ещё сказали</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>Что случилось</translation>
    </message>
    <message>
        <source>Who is calling</source>
        <translation>Кто звонит</translation>
    </message>
    <message>
        <source>support by phone is paid</source>
        <translation>поддержка по телефону оплачена</translation>
    </message>
</context>
<context>
    <name>CallWatch</name>
    <message>
        <source>%1 is handed to you: %2</source>
        <translation>%1 передана вам: %2</translation>
    </message>
    <message numerus="yes">
        <source>%n new ticket(s)</source>
        <translation>
            <numerusform>%n новая заявка</numerusform>
            <numerusform>%n новые заявки</numerusform>
            <numerusform>%n новых заявок</numerusform>
        </translation>
    </message>
    <message>
        <source>New: %1, %2</source>
        <translation>Новая: %1, %2</translation>
    </message>
    <message>
        <source>Reminder, %1: %2</source>
        <translation>Напоминание, %1: %2</translation>
    </message>
    <message>
        <source>You are named in %1: %2</source>
        <translation>Вас упомянули в %1: %2</translation>
    </message>
</context>
<context>
    <name>Care</name>
    <message>
        <source>%1 MB</source>
        <translation>%1 МБ</translation>
    </message>
    <message>
        <source>%1 tickets are shown wrongly in the lists</source>
        <translation>Заявок, показанных в списках неверно: %1</translation>
    </message>
    <message>
        <source>An index of the database is broken</source>
        <translation>Повреждён индекс базы</translation>
    </message>
    <message>
        <source>Changes are not recorded in %1 places</source>
        <translation>Изменения не записываются в местах: %1</translation>
    </message>
    <message>
        <source>Changes are recorded</source>
        <translation>Изменения записываются</translation>
    </message>
    <message>
        <source>Colleagues would not get them: what records them is made anew.</source>
        <translation>Коллеги их не получат; запись изменений будет налажена заново.</translation>
    </message>
    <message>
        <source>Copies that are no longer needed are removed; free some space besides.</source>
        <translation>Ненужные копии будут удалены; освободите место и сами.</translation>
    </message>
    <message>
        <source>Crash reports: %1</source>
        <translation>Отчётов об ошибках программы: %1</translation>
    </message>
    <message>
        <source>Files of dead processes: %1, %2 MB</source>
        <translation>Файлов прерванных процессов: %1, %2 МБ</translation>
    </message>
    <message>
        <source>Its index is made anew from letters, entries, tickets and articles.</source>
        <translation>Его указатель будет построен заново по письмам, записям, заявкам и статьям.</translation>
    </message>
    <message>
        <source>Lists and counts agree with the tickets</source>
        <translation>Списки и счётчики совпадают с заявками</translation>
    </message>
    <message>
        <source>No crash reports</source>
        <translation>Нет отчётов об ошибках программы</translation>
    </message>
    <message>
        <source>No files of dead processes</source>
        <translation>Нет файлов прерванных процессов</translation>
    </message>
    <message>
        <source>Nothing is left of what was erased</source>
        <translation>От стёртого ничего не осталось</translation>
    </message>
    <message>
        <source>One is made now, and then each day.</source>
        <translation>Копия будет сделана сейчас, а дальше — каждый день.</translation>
    </message>
    <message>
        <source>Others of this machine can read the desk</source>
        <translation>Базу могут читать другие пользователи машины</translation>
    </message>
    <message>
        <source>Put a copy back; a shared desk takes the rest from its hub.</source>
        <translation>Восстановите копию; остальное общая база отдаст сама.</translation>
    </message>
    <message>
        <source>Search is broken or lacks %1 texts</source>
        <translation>Поиск повреждён или не знает текстов: %1</translation>
    </message>
    <message>
        <source>Search knows everything</source>
        <translation>Поиск знает всё</translation>
    </message>
    <message>
        <source>Set the clock of this machine: promises are told by it.</source>
        <translation>Поставьте часы этой машины: по ним назначаются сроки.</translation>
    </message>
    <message>
        <source>Something that was erased is still in free places of the file</source>
        <translation>Стёртое ещё лежит в свободных местах файла</translation>
    </message>
    <message>
        <source>The clock agrees with what was written</source>
        <translation>Часы согласуются с записанным</translation>
    </message>
    <message>
        <source>The clock is %1 minutes behind what was written</source>
        <translation>Часы отстают от записанного на %1 мин</translation>
    </message>
    <message>
        <source>The database is damaged</source>
        <translation>База повреждена</translation>
    </message>
    <message>
        <source>The database is rewritten.</source>
        <translation>База будет переписана.</translation>
    </message>
    <message>
        <source>The database is whole</source>
        <translation>База цела</translation>
    </message>
    <message>
        <source>The desk works, but what happens is not written down. It is made writable, or what is in the way is renamed.</source>
        <translation>База работает, но происходящее не записывается. Журналу открывается запись, а то, что мешает, переименовывается.</translation>
    </message>
    <message>
        <source>The disk of %1 is nearly full: %2 MB are free</source>
        <translation>Диск с %1 почти заполнен: свободно %2 МБ</translation>
    </message>
    <message>
        <source>The folder is closed to them.</source>
        <translation>Папка будет закрыта от них.</translation>
    </message>
    <message>
        <source>The folder of the desk is yours alone</source>
        <translation>Папка базы доступна только вам</translation>
    </message>
    <message>
        <source>The log can be written</source>
        <translation>Журнал пишется</translation>
    </message>
    <message>
        <source>The log in %1 cannot be written</source>
        <translation>Журнал в %1 не пишется</translation>
    </message>
    <message>
        <source>The settings of this machine are readable</source>
        <translation>Настройки этой машины читаются</translation>
    </message>
    <message>
        <source>The settings of this machine were broken</source>
        <translation>Файл настроек этой машины был повреждён</translation>
    </message>
    <message>
        <source>Their rows are made anew from the tickets.</source>
        <translation>Их строки будут построены заново по заявкам.</translation>
    </message>
    <message>
        <source>There is a fresh copy of the desk</source>
        <translation>Есть свежая копия базы</translation>
    </message>
    <message>
        <source>There is no copy of the desk of the last days</source>
        <translation>Нет копии базы за последние дни</translation>
    </message>
    <message>
        <source>There is room on the disk</source>
        <translation>Места на диске хватает</translation>
    </message>
    <message>
        <source>They are nobody’s and are removed.</source>
        <translation>Они ничьи и будут удалены.</translation>
    </message>
    <message>
        <source>They lie in the folder “crashes” of the profile: send them to the makers, then delete them.</source>
        <translation>Они лежат в папке «crashes» профиля: отправьте их разработчикам и удалите.</translation>
    </message>
    <message>
        <source>What could be read of them is kept: look through the page Me. The old file is then removed.</source>
        <translation>Что удалось прочесть, сохранено: проверьте страницу «Я». Старый файл затем удаляется.</translation>
    </message>
    <message>
        <source>What people wrote is whole; the index is made anew.</source>
        <translation>Написанное людьми цело; индекс будет построен заново.</translation>
    </message>
</context>
<context>
    <name>CareSection</name>
    <message numerus="yes">
        <source>%n thing(s) were erased on this desk.</source>
        <translation>
            <numerusform>В этой базе стёрта %n запись.</numerusform>
            <numerusform>В этой базе стёрто %n записи.</numerusform>
            <numerusform>В этой базе стёрто %n записей.</numerusform>
        </translation>
    </message>
    <message>
        <source>Check this desk</source>
        <translation>Проверить базу</translation>
    </message>
    <message>
        <source>Copies of the desk</source>
        <translation>Копии базы</translation>
    </message>
    <message>
        <source>Erased for ever</source>
        <translation>Стёртое навсегда</translation>
    </message>
    <message>
        <source>Everything is well.</source>
        <translation>Всё в порядке.</translation>
    </message>
    <message>
        <source>Health of the desk</source>
        <translation>Исправность базы</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Проверяю…</translation>
    </message>
    <message>
        <source>Make a copy now</source>
        <translation>Сделать копию сейчас</translation>
    </message>
    <message>
        <source>Making a copy…</source>
        <translation>Делаю копию…</translation>
    </message>
    <message>
        <source>Mend</source>
        <translation>Исправить</translation>
    </message>
    <message>
        <source>Mending…</source>
        <translation>Исправляю…</translation>
    </message>
    <message>
        <source>One is made each day. Kept are those of the last %1 days, %2 weeks and %3 months.</source>
        <translation>Копия делается каждый день. Хранятся копии за последние дни (%1), недели (%2) и месяцы (%3).</translation>
    </message>
    <message>
        <source>Open a ticket, then its menu, “Erase for ever…”. What goes is shown first.</source>
        <translation>Откройте заявку и её меню, «Стереть навсегда…». Сначала будет показано, что исчезнет.</translation>
    </message>
    <message>
        <source>Put back…</source>
        <translation>Восстановить…</translation>
    </message>
    <message>
        <source>The copy is there: %1.</source>
        <translation>Копия готова: %1.</translation>
    </message>
    <message>
        <source>The copy was put back. The desk of before is the copy of %1.</source>
        <translation>Копия восстановлена. Прежняя база — копия от %1.</translation>
    </message>
    <message>
        <source>The shared desk still holds records from before: it lets go of them soon.</source>
        <translation>В общей базе ещё есть прежние записи: скоро она от них избавится.</translation>
    </message>
    <message>
        <source>before a copy was put back</source>
        <translation>перед восстановлением</translation>
    </message>
    <message>
        <source>before a repair</source>
        <translation>перед исправлением</translation>
    </message>
    <message>
        <source>before an update</source>
        <translation>перед обновлением</translation>
    </message>
    <message>
        <source>by hand</source>
        <translation>вручную</translation>
    </message>
    <message>
        <source>by itself</source>
        <translation>сама</translation>
    </message>
</context>
<context>
    <name>CausesPage</name>
    <message>
        <source>Add a cause</source>
        <translation>Добавить причину</translation>
    </message>
    <message>
        <source>Add a skill</source>
        <translation>Добавить навык</translation>
    </message>
    <message>
        <source>Add a zone</source>
        <translation>Добавить зону</translation>
    </message>
    <message>
        <source>Causes</source>
        <translation>Причины</translation>
    </message>
    <message>
        <source>In English</source>
        <translation>По-английски</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>Действует</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Название</translation>
    </message>
    <message>
        <source>New cause</source>
        <translation>Новая причина</translation>
    </message>
    <message>
        <source>New skill</source>
        <translation>Новый навык</translation>
    </message>
    <message>
        <source>New zone</source>
        <translation>Новая зона</translation>
    </message>
    <message>
        <source>Questions of the preliminary analysis</source>
        <translation>Вопросы предварительного анализа</translation>
    </message>
    <message>
        <source>Skill</source>
        <translation>Навык</translation>
    </message>
    <message>
        <source>Skills</source>
        <translation>Навыки</translation>
    </message>
    <message>
        <source>Usual effort</source>
        <translation>Обычная трудоёмкость</translation>
    </message>
    <message>
        <source>Zones of the fault</source>
        <translation>Зоны неисправности</translation>
    </message>
    <message>
        <source>any</source>
        <translation>любой</translation>
    </message>
</context>
<context>
    <name>Columns</name>
    <message>
        <source>Accepted</source>
        <translation>Принято</translation>
    </message>
    <message>
        <source>Accepted by</source>
        <translation>Кто принял</translation>
    </message>
    <message>
        <source>Access</source>
        <translation>Как пройти</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Адрес</translation>
    </message>
    <message>
        <source>Addressed to</source>
        <translation>Кому</translation>
    </message>
    <message>
        <source>Answer within</source>
        <translation>Назвать срок за</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>Отвечено</translation>
    </message>
    <message>
        <source>Answered by</source>
        <translation>Кто ответил</translation>
    </message>
    <message>
        <source>Arrived</source>
        <translation>На месте с</translation>
    </message>
    <message>
        <source>Asked</source>
        <translation>Спросили</translation>
    </message>
    <message>
        <source>Asked for</source>
        <translation>Просят до</translation>
    </message>
    <message>
        <source>Begun</source>
        <translation>Начата</translation>
    </message>
    <message>
        <source>Calendar</source>
        <translation>Календарь</translation>
    </message>
    <message>
        <source>Cause</source>
        <translation>Причина</translation>
    </message>
    <message>
        <source>Clock began anew</source>
        <translation>Отсчёт начат заново</translation>
    </message>
    <message>
        <source>Confirmed</source>
        <translation>Подтверждено</translation>
    </message>
    <message>
        <source>Confirmed by</source>
        <translation>Кто подтвердил</translation>
    </message>
    <message>
        <source>Confirmed how</source>
        <translation>Как подтвердили</translation>
    </message>
    <message>
        <source>Consent</source>
        <translation>Согласие</translation>
    </message>
    <message>
        <source>Consent, when</source>
        <translation>Согласие, когда</translation>
    </message>
    <message>
        <source>Contract</source>
        <translation>Договор</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Копия</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>Клиент</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Срок</translation>
    </message>
    <message>
        <source>Days of silence</source>
        <translation>Дней молчания</translation>
    </message>
    <message>
        <source>Domain</source>
        <translation>Домен</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Сделано</translation>
    </message>
    <message>
        <source>Done on site</source>
        <translation>Сделано на месте</translation>
    </message>
    <message>
        <source>Effort</source>
        <translation>Трудоёмкость</translation>
    </message>
    <message>
        <source>Equipment</source>
        <translation>Оборудование</translation>
    </message>
    <message>
        <source>Fields</source>
        <translation>Поля</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>Решена</translation>
    </message>
    <message>
        <source>First promised</source>
        <translation>Обещано впервые</translation>
    </message>
    <message>
        <source>Fix</source>
        <translation>Решение</translation>
    </message>
    <message>
        <source>For the desk only</source>
        <translation>Только для службы</translation>
    </message>
    <message>
        <source>From</source>
        <translation>От кого</translation>
    </message>
    <message>
        <source>From line</source>
        <translation>С линии</translation>
    </message>
    <message>
        <source>Hours</source>
        <translation>Часы</translation>
    </message>
    <message>
        <source>How</source>
        <translation>Как</translation>
    </message>
    <message>
        <source>How it came</source>
        <translation>Как поступила</translation>
    </message>
    <message>
        <source>How it was told</source>
        <translation>Как сообщили</translation>
    </message>
    <message>
        <source>How many</source>
        <translation>Сколько</translation>
    </message>
    <message>
        <source>How to prevent it</source>
        <translation>Как предупредить</translation>
    </message>
    <message>
        <source>Hypothesis</source>
        <translation>Гипотеза</translation>
    </message>
    <message>
        <source>In force</source>
        <translation>Действует</translation>
    </message>
    <message>
        <source>In one piece</source>
        <translation>Одним куском</translation>
    </message>
    <message>
        <source>Installed</source>
        <translation>Установлено</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Вид</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Язык</translation>
    </message>
    <message>
        <source>Left for home</source>
        <translation>Закончен</translation>
    </message>
    <message>
        <source>Letter out of hours</source>
        <translation>Письмо в нерабочее время</translation>
    </message>
    <message>
        <source>Letters come back</source>
        <translation>Письма возвращаются</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>Линия</translation>
    </message>
    <message>
        <source>Looks like</source>
        <translation>Похожа на</translation>
    </message>
    <message>
        <source>Maintenance rule</source>
        <translation>Правило регламента</translation>
    </message>
    <message>
        <source>Maker and model</source>
        <translation>Производитель и модель</translation>
    </message>
    <message>
        <source>Margin</source>
        <translation>Запас</translation>
    </message>
    <message>
        <source>Marks</source>
        <translation>Оценка</translation>
    </message>
    <message>
        <source>May agree</source>
        <translation>Может согласовать</translation>
    </message>
    <message>
        <source>Merged into</source>
        <translation>Объединена с</translation>
    </message>
    <message>
        <source>Minutes</source>
        <translation>Минуты</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Название</translation>
    </message>
    <message>
        <source>New date written by itself</source>
        <translation>Новый срок пишется сам</translation>
    </message>
    <message>
        <source>Not before</source>
        <translation>Не раньше</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Заметка</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Номер</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>Исполнитель</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>Запчасть</translation>
    </message>
    <message>
        <source>Part of the fault</source>
        <translation>Часть неисправности</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>Телефон</translation>
    </message>
    <message>
        <source>Phone support is paid</source>
        <translation>Поддержка по телефону платная</translation>
    </message>
    <message>
        <source>Placed anyway</source>
        <translation>Почему поставлено так</translation>
    </message>
    <message>
        <source>Planned from</source>
        <translation>План с</translation>
    </message>
    <message>
        <source>Planned until</source>
        <translation>План до</translation>
    </message>
    <message>
        <source>Post</source>
        <translation>Должность</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>Продукт</translation>
    </message>
    <message>
        <source>Promised date</source>
        <translation>Срок решения</translation>
    </message>
    <message>
        <source>Put off until</source>
        <translation>Отложена до</translation>
    </message>
    <message>
        <source>Put off until a reply</source>
        <translation>Отложена до ответа</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Причина</translation>
    </message>
    <message>
        <source>Reason of the refusal</source>
        <translation>Причина отказа</translation>
    </message>
    <message>
        <source>Reason of the return</source>
        <translation>Причина возврата</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>Поступила</translation>
    </message>
    <message>
        <source>Requester</source>
        <translation>Заявитель</translation>
    </message>
    <message>
        <source>Safety</source>
        <translation>Безопасность</translation>
    </message>
    <message>
        <source>Sender</source>
        <translation>Отправитель</translation>
    </message>
    <message>
        <source>Serial number</source>
        <translation>Серийный номер</translation>
    </message>
    <message>
        <source>Set aside</source>
        <translation>Отложена</translation>
    </message>
    <message>
        <source>Set out</source>
        <translation>Выехал</translation>
    </message>
    <message>
        <source>Settled</source>
        <translation>Закрыто</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>С даты</translation>
    </message>
    <message>
        <source>Site</source>
        <translation>Площадка</translation>
    </message>
    <message>
        <source>Skill</source>
        <translation>Навык</translation>
    </message>
    <message>
        <source>Smallest piece</source>
        <translation>Наименьшая часть</translation>
    </message>
    <message>
        <source>Specialist</source>
        <translation>Специалист</translation>
    </message>
    <message>
        <source>Split from</source>
        <translation>Отделена от</translation>
    </message>
    <message>
        <source>Start within</source>
        <translation>Начать за</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Состояние</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Статус</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>Тема</translation>
    </message>
    <message>
        <source>Symptoms</source>
        <translation>Признаки</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>Задание</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Текст</translation>
    </message>
    <message>
        <source>Time zone</source>
        <translation>Часовой пояс</translation>
    </message>
    <message>
        <source>Times moved</source>
        <translation>Сколько раз переносили</translation>
    </message>
    <message>
        <source>Times reopened</source>
        <translation>Сколько раз открыта снова</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Заголовок</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Кому</translation>
    </message>
    <message>
        <source>To line</source>
        <translation>На линию</translation>
    </message>
    <message>
        <source>Told from</source>
        <translation>Назвали: с</translation>
    </message>
    <message>
        <source>Told until</source>
        <translation>Назвали: до</translation>
    </message>
    <message>
        <source>Tried</source>
        <translation>Пробовали</translation>
    </message>
    <message>
        <source>Trouble</source>
        <translation>Ошибка</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>По дату</translation>
    </message>
    <message>
        <source>Urgency</source>
        <translation>Срочность</translation>
    </message>
    <message>
        <source>VIP</source>
        <translation>VIP</translation>
    </message>
    <message>
        <source>Visits to</source>
        <translation>Выезды в</translation>
    </message>
    <message>
        <source>Waits for</source>
        <translation>Чего ждёт</translation>
    </message>
    <message>
        <source>Wanted</source>
        <translation>Нужно</translation>
    </message>
    <message>
        <source>Way to the customer</source>
        <translation>Дорога к клиенту</translation>
    </message>
    <message>
        <source>What is owed</source>
        <translation>Что должна служба</translation>
    </message>
    <message>
        <source>What was fixed</source>
        <translation>Что исправлено</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Когда</translation>
    </message>
    <message>
        <source>When it was told</source>
        <translation>Когда сообщили</translation>
    </message>
    <message>
        <source>Where it lies</source>
        <translation>Где лежит</translation>
    </message>
    <message>
        <source>Who agreed</source>
        <translation>Кто согласился</translation>
    </message>
    <message>
        <source>Who was told</source>
        <translation>Кому сказано</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Почему</translation>
    </message>
    <message>
        <source>Why it waits</source>
        <translation>Почему ждёт</translation>
    </message>
    <message>
        <source>Zone of the fault</source>
        <translation>Зона сбоя</translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <source>%1 s to undo</source>
        <translation>%1 с на отмену</translation>
    </message>
    <message numerus="yes">
        <source>%n act(s)</source>
        <translation>
            <numerusform>%n действие</numerusform>
            <numerusform>%n действия</numerusform>
            <numerusform>%n действий</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n similar ticket(s), usually %1, nine in ten under %2</source>
        <translation>
            <numerusform>%n похожая заявка, обычно %1, девять из десяти до %2</numerusform>
            <numerusform>%n похожие заявки, обычно %1, девять из десяти до %2</numerusform>
            <numerusform>%n похожих заявок, обычно %1, девять из десяти до %2</numerusform>
        </translation>
    </message>
    <message>
        <source>Acknowledgement</source>
        <translation>Подтверждение</translation>
    </message>
    <message>
        <source>Asked, and what they said</source>
        <translation>Спросили и что ответили</translation>
    </message>
    <message>
        <source>Assumed from the default for %1</source>
        <translation>Взято по умолчанию для %1</translation>
    </message>
    <message>
        <source>Correction</source>
        <translation>Исправление</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Решено</translation>
    </message>
    <message>
        <source>Escalation</source>
        <translation>Эскалация</translation>
    </message>
    <message>
        <source>Finish</source>
        <translation>Завершить</translation>
    </message>
    <message>
        <source>Follow-up</source>
        <translation>Напоминание о вопросе</translation>
    </message>
    <message>
        <source>Give the reason: the customer will read it</source>
        <translation>Напишите причину: клиент её получит</translation>
    </message>
    <message>
        <source>Holding letter</source>
        <translation>Промежуточное письмо</translation>
    </message>
    <message>
        <source>Hypothesis</source>
        <translation>Гипотеза</translation>
    </message>
    <message>
        <source>Macros</source>
        <translation>Макросы</translation>
    </message>
    <message>
        <source>New date</source>
        <translation>Новый срок</translation>
    </message>
    <message>
        <source>No macros yet: they are made in Settings, Macros</source>
        <translation>Макросов пока нет: их создают в Настройках, «Макросы»</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Заметка</translation>
    </message>
    <message>
        <source>Nothing was sent. What you wrote is kept.</source>
        <translation>Ничего не отправлено. Написанное сохранено.</translation>
    </message>
    <message>
        <source>Open until the customer agrees</source>
        <translation>Открыта, пока клиент не согласится</translation>
    </message>
    <message>
        <source>Promise</source>
        <translation>Обещание</translation>
    </message>
    <message>
        <source>Protocol</source>
        <translation>Протокол</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>Вопрос</translation>
    </message>
    <message>
        <source>Question about satisfaction</source>
        <translation>Вопрос об удовлетворённости</translation>
    </message>
    <message>
        <source>Refusal</source>
        <translation>Отказ</translation>
    </message>
    <message>
        <source>Refuse</source>
        <translation>Отказ</translation>
    </message>
    <message>
        <source>Reminder</source>
        <translation>Напоминание</translation>
    </message>
    <message>
        <source>Reply</source>
        <translation>Ответ</translation>
    </message>
    <message>
        <source>Solved at once</source>
        <translation>Решено сразу</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Состояние</translation>
    </message>
    <message>
        <source>Still to fill in: %1.</source>
        <translation>Осталось вписать: %1.</translation>
    </message>
    <message>
        <source>Told as well, by letters of their own: %1</source>
        <translation>Отдельные письма получат и: %1</translation>
    </message>
    <message>
        <source>Tried, with results</source>
        <translation>Пробовали, с результатами</translation>
    </message>
    <message>
        <source>Visit</source>
        <translation>Выезд</translation>
    </message>
    <message>
        <source>Wanted</source>
        <translation>Нужно</translation>
    </message>
    <message>
        <source>What to write</source>
        <translation>Что написать</translation>
    </message>
    <message>
        <source>answer</source>
        <translation>ответ</translation>
    </message>
    <message>
        <source>letter</source>
        <translation>письмо</translation>
    </message>
</context>
<context>
    <name>Contract</name>
    <message>
        <source>%1 left</source>
        <translation>осталось %1</translation>
    </message>
    <message>
        <source>%1 of %2 used</source>
        <translation>израсходовано %1 из %2</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>%1. Undo takes it back.</source>
        <translation>%1. Можно отменить.</translation>
    </message>
    <message numerus="yes">
        <source>%n due time(s) by contracts moved</source>
        <translation>
            <numerusform>Сдвинулся %n срок по договорам</numerusform>
            <numerusform>Сдвинулись %n срока по договорам</numerusform>
            <numerusform>Сдвинулись %n сроков по договорам</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n over at once</source>
        <translation>
            <numerusform>%n сразу просрочен</numerusform>
            <numerusform>%n сразу просрочены</numerusform>
            <numerusform>%n сразу просрочены</numerusform>
        </translation>
    </message>
    <message>
        <source>It was broken before the ticket was opened again</source>
        <translation>Было нарушено до переоткрытия заявки</translation>
    </message>
    <message>
        <source>Part replaced</source>
        <translation>Замена детали</translation>
    </message>
    <message>
        <source>Reaction</source>
        <translation>Реакция</translation>
    </message>
    <message>
        <source>Solution</source>
        <translation>Решение</translation>
    </message>
    <message>
        <source>Why this date</source>
        <translation>Почему эта дата</translation>
    </message>
    <message>
        <source>broken by %1</source>
        <translation>нарушено на %1</translation>
    </message>
    <message>
        <source>kept</source>
        <translation>сдержано</translation>
    </message>
    <message>
        <source>named by the ticket</source>
        <translation>назван в заявке</translation>
    </message>
    <message>
        <source>over by %1</source>
        <translation>просрочено на %1</translation>
    </message>
    <message>
        <source>paused, %1 left</source>
        <translation>пауза, осталось %1</translation>
    </message>
    <message>
        <source>the customer's when the ticket came</source>
        <translation>договор клиента на день заявки</translation>
    </message>
    <message>
        <source>until %1</source>
        <translation>до %1</translation>
    </message>
    <message>
        <source>waiting for a part</source>
        <translation>ждём деталь</translation>
    </message>
    <message>
        <source>waiting for a third party</source>
        <translation>ждём третью сторону</translation>
    </message>
    <message>
        <source>waiting for the customer</source>
        <translation>ждём клиента</translation>
    </message>
    <message>
        <source>waiting for the visit</source>
        <translation>ждём выезда</translation>
    </message>
</context>
<context>
    <name>ContractTab</name>
    <message>
        <source>%1 (not in force)</source>
        <translation>%1 (не действует)</translation>
    </message>
    <message>
        <source>0: a resolved ticket stays open until they agree</source>
        <translation>0: решённая заявка открыта, пока клиент не согласится</translation>
    </message>
    <message>
        <source>A date such as 01.03.2026</source>
        <translation>Дата, например 01.03.2026</translation>
    </message>
    <message>
        <source>A holding letter may be sent at night</source>
        <translation>Ночью можно отправить письмо-отсрочку</translation>
    </message>
    <message>
        <source>A new date may be told without a person</source>
        <translation>Новый срок можно сообщать без человека</translation>
    </message>
    <message>
        <source>Add a contract</source>
        <translation>Добавить договор</translation>
    </message>
    <message>
        <source>An hour before the old one passes, where nobody has written</source>
        <translation>За час до истечения прежнего, если никто не написал</translation>
    </message>
    <message>
        <source>Closed by silence after</source>
        <translation>Закрыть без ответа через</translation>
    </message>
    <message>
        <source>Contract</source>
        <translation>Договор</translation>
    </message>
    <message>
        <source>Counted by</source>
        <translation>Считать по</translation>
    </message>
    <message>
        <source>Date told within</source>
        <translation>Назвать срок за</translation>
    </message>
    <message>
        <source>Empty: as the desk's answer rule says</source>
        <translation>Пусто: по правилу ответа службы</translation>
    </message>
    <message>
        <source>Empty: no visits in the contract</source>
        <translation>Пусто: выездов в договоре нет</translation>
    </message>
    <message>
        <source>Hours</source>
        <translation>Часы</translation>
    </message>
    <message>
        <source>In force</source>
        <translation>Действует</translation>
    </message>
    <message>
        <source>In working time of the contract, such as 4 h or 2 d.</source>
        <translation>В рабочем времени договора, например 4 ч или 2 дн.</translation>
    </message>
    <message>
        <source>Instead of these hours, from Settings, Calendars</source>
        <translation>Вместо этих часов, из Настроек, Календари</translation>
    </message>
    <message>
        <source>No contract: the desk's own hours and the answer rule apply.</source>
        <translation>Договора нет: действуют часы службы и правило ответа.</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Заметка</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Номер</translation>
    </message>
    <message>
        <source>Own calendar</source>
        <translation>Свой календарь</translation>
    </message>
    <message>
        <source>Part replaced</source>
        <translation>Замена детали</translation>
    </message>
    <message>
        <source>Phone support is paid</source>
        <translation>Поддержка по телефону платная</translation>
    </message>
    <message>
        <source>Reaction</source>
        <translation>Реакция</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>С даты</translation>
    </message>
    <message>
        <source>Solution</source>
        <translation>Решение</translation>
    </message>
    <message>
        <source>Targets by urgency</source>
        <translation>Сроки по срочности</translation>
    </message>
    <message>
        <source>Terms</source>
        <translation>Условия</translation>
    </message>
    <message>
        <source>That day included</source>
        <translation>Включая этот день</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>По дату</translation>
    </message>
    <message>
        <source>Urgency</source>
        <translation>Срочность</translation>
    </message>
    <message>
        <source>VIP</source>
        <translation>VIP</translation>
    </message>
    <message>
        <source>Visits on site in</source>
        <translation>Выезды в</translation>
    </message>
    <message>
        <source>Way there</source>
        <translation>Дорога туда</translation>
    </message>
    <message>
        <source>days</source>
        <translation>дн</translation>
    </message>
    <message>
        <source>none</source>
        <translation>нет</translation>
    </message>
    <message>
        <source>the contract's hours</source>
        <translation>часам договора</translation>
    </message>
    <message>
        <source>without number</source>
        <translation>без номера</translation>
    </message>
</context>
<context>
    <name>CorrectPage</name>
    <message>
        <source>An entry cannot be emptied.</source>
        <translation>Запись нельзя сделать пустой.</translation>
    </message>
    <message>
        <source>Correct</source>
        <translation>Исправить</translation>
    </message>
    <message>
        <source>Nothing is corrected yet.</source>
        <translation>Пока ничего не исправлено.</translation>
    </message>
    <message>
        <source>Replaces the entry: it is only minutes old.</source>
        <translation>Заменит запись: ей всего несколько минут.</translation>
    </message>
    <message>
        <source>The entry of %1 stays, the correction is put beside it.</source>
        <translation>Запись от %1 останется, исправление встанет рядом.</translation>
    </message>
    <message>
        <source>The entry, corrected</source>
        <translation>Запись с исправлением</translation>
    </message>
</context>
<context>
    <name>CrashWatch</name>
    <message>
        <source>Something in deskapp itself went wrong</source>
        <translation>Ошибка в самой программе deskapp</translation>
    </message>
    <message>
        <source>What was saved is here. This is what the program was doing; no letter and no password is in it.</source>
        <translation>Сохранённое на месте. Ниже — чем была занята программа; писем и паролей здесь нет.</translation>
    </message>
    <message>
        <source>What was saved is safe, and you can go on. This is the whole report: it names places of the program, no letter and no password. Send it to the makers if you like; nothing is sent by itself.</source>
        <translation>Сохранённое цело, можно работать дальше. Ниже весь отчёт: в нём названы места программы, писем и паролей в нём нет. Его можно отправить разработчикам; само ничего не отправляется.</translation>
    </message>
    <message>
        <source>deskapp ended unexpectedly last time</source>
        <translation>В прошлый раз программа завершилась аварийно</translation>
    </message>
</context>
<context>
    <name>Customers</name>
    <message>
        <source>%1 kept</source>
        <translation>сдержано %1</translation>
    </message>
    <message numerus="yes">
        <source>%n open</source>
        <translation>
            <numerusform>открыта %n</numerusform>
            <numerusform>открыто %n</numerusform>
            <numerusform>открыто %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n open ticket(s)</source>
        <translation>
            <numerusform>%n открытая заявка</numerusform>
            <numerusform>%n открытые заявки</numerusform>
            <numerusform>%n открытых заявок</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s)</source>
        <translation>
            <numerusform>%n заявка</numerusform>
            <numerusform>%n заявки</numerusform>
            <numerusform>%n заявок</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unknown sender(s)</source>
        <translation>
            <numerusform>%n неизвестный отправитель</numerusform>
            <numerusform>%n неизвестных отправителя</numerusform>
            <numerusform>%n неизвестных отправителей</numerusform>
        </translation>
    </message>
    <message>
        <source>A new customer</source>
        <translation>Новый клиент</translation>
    </message>
    <message>
        <source>Add %1 to %2</source>
        <translation>Добавить %1 к %2</translation>
    </message>
    <message>
        <source>Add to customer:</source>
        <translation>Добавить к клиенту:</translation>
    </message>
    <message>
        <source>Another customer…</source>
        <translation>Другой клиент…</translation>
    </message>
    <message>
        <source>Choose whose they are: their tickets move to that customer. 1 to 3 take a guess.</source>
        <translation>Выберите, чьи они: заявки перейдут к этому клиенту. Клавиши 1–3 берут догадку.</translation>
    </message>
    <message>
        <source>Contract</source>
        <translation>Договор</translation>
    </message>
    <message>
        <source>Contract ended</source>
        <translation>Договор закончился</translation>
    </message>
    <message>
        <source>Customers</source>
        <translation>Клиенты</translation>
    </message>
    <message>
        <source>Ends in %1</source>
        <translation>Осталось %1</translation>
    </message>
    <message>
        <source>Ends today</source>
        <translation>Кончается сегодня</translation>
    </message>
    <message>
        <source>History</source>
        <translation>История</translation>
    </message>
    <message>
        <source>Letters</source>
        <translation>Письма</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Люди</translation>
    </message>
    <message>
        <source>Sites and equipment</source>
        <translation>Площадки и оборудование</translation>
    </message>
    <message>
        <source>Tickets</source>
        <translation>Заявки</translation>
    </message>
    <message>
        <source>Unknown senders</source>
        <translation>Неизвестные отправители</translation>
    </message>
    <message>
        <source>VIP</source>
        <translation>VIP</translation>
    </message>
    <message>
        <source>Whose are they?</source>
        <translation>Чьи они?</translation>
    </message>
    <message>
        <source>added</source>
        <translation>добавлено</translation>
    </message>
    <message>
        <source>contract</source>
        <translation>договор</translation>
    </message>
    <message>
        <source>customer</source>
        <translation>клиент</translation>
    </message>
    <message>
        <source>equipment</source>
        <translation>оборудование</translation>
    </message>
    <message>
        <source>filed under another customer</source>
        <translation>отнесено к другому клиенту</translation>
    </message>
    <message>
        <source>no</source>
        <translation>нет</translation>
    </message>
    <message>
        <source>no contract</source>
        <translation>без договора</translation>
    </message>
    <message>
        <source>person</source>
        <translation>человек</translation>
    </message>
    <message>
        <source>put away</source>
        <translation>убрано</translation>
    </message>
    <message>
        <source>removed</source>
        <translation>удалено</translation>
    </message>
    <message>
        <source>site</source>
        <translation>площадка</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>да</translation>
    </message>
</context>
<context>
    <name>CustomersScreen</name>
    <message numerus="yes">
        <source>%n open ticket(s)</source>
        <translation>
            <numerusform>%n открытая заявка</numerusform>
            <numerusform>%n открытые заявки</numerusform>
            <numerusform>%n открытых заявок</numerusform>
        </translation>
    </message>
    <message>
        <source>A part of the name</source>
        <translation>Часть названия</translation>
    </message>
    <message>
        <source>Customers</source>
        <translation>Клиенты</translation>
    </message>
    <message>
        <source>Customers come from letters or from a file.</source>
        <translation>Клиенты появятся из писем или из файла.</translation>
    </message>
    <message>
        <source>Find a customer</source>
        <translation>Найти клиента</translation>
    </message>
    <message>
        <source>Import from a file</source>
        <translation>Загрузить из файла</translation>
    </message>
    <message>
        <source>Merge with another customer  Shift+M</source>
        <translation>Объединить с другим клиентом  Shift+M</translation>
    </message>
    <message>
        <source>Merge with which customer? Its people, contracts and tickets come here.</source>
        <translation>С каким клиентом объединить? Его люди, договоры и заявки перейдут сюда.</translation>
    </message>
    <message>
        <source>Merge…</source>
        <translation>Объединить…</translation>
    </message>
    <message>
        <source>Name, person, phone, contract</source>
        <translation>Название, человек, телефон, договор</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Новый</translation>
    </message>
    <message>
        <source>New customer</source>
        <translation>Новый клиент</translation>
    </message>
    <message>
        <source>Nobody is called that.</source>
        <translation>Такого клиента нет.</translation>
    </message>
    <message>
        <source>Parts of the card</source>
        <translation>Части карточки</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Показать всех</translation>
    </message>
    <message>
        <source>VIP</source>
        <translation>VIP</translation>
    </message>
    <message>
        <source>Who else is %1? Their tickets come here.</source>
        <translation>Кто ещё это %1? Его заявки перейдут сюда.</translation>
    </message>
    <message>
        <source>Whose is this sender?</source>
        <translation>Чей это отправитель?</translation>
    </message>
    <message numerus="yes">
        <source>of %n promise(s) in a year</source>
        <translation>
            <numerusform>из %n обещания за год</numerusform>
            <numerusform>из %n обещаний за год</numerusform>
            <numerusform>из %n обещаний за год</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DayStrips</name>
    <message>
        <source>Plans of %1</source>
        <translation>Планы на день: %1</translation>
    </message>
    <message>
        <source>free</source>
        <translation>свободно</translation>
    </message>
</context>
<context>
    <name>Desktop</name>
    <message>
        <source>%1 %2 will be late by %3. A letter is prepared.</source>
        <translation>%1 %2: срыв на %3. Письмо подготовлено.</translation>
    </message>
    <message>
        <source>Say who</source>
        <translation>Сказать кто</translation>
    </message>
    <message>
        <source>The desk with sample data could not be opened</source>
        <translation>Окно с примером не открылось</translation>
    </message>
    <message>
        <source>There is no ticket %1</source>
        <translation>Заявки %1 нет</translation>
    </message>
    <message>
        <source>This machine does not know who you are: your queue and your signature need it.</source>
        <translation>Эта машина не знает, кто вы: это нужно вашей очереди и подписи.</translation>
    </message>
</context>
<context>
    <name>DetailsDialog</name>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Скопировать</translation>
    </message>
    <message>
        <source>Technical details</source>
        <translation>Технические подробности</translation>
    </message>
</context>
<context>
    <name>DutyPage</name>
    <message>
        <source>Add a shift</source>
        <translation>Добавить смену</translation>
    </message>
    <message>
        <source>From</source>
        <translation>С</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Примечание</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Удалить</translation>
    </message>
    <message>
        <source>Shifts</source>
        <translation>Смены</translation>
    </message>
    <message>
        <source>To</source>
        <translation>По</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Кто</translation>
    </message>
    <message>
        <source>Who is on duty, and the leads, are told 30 and 10 working minutes before an answer is due. Where the roster is silent, those marked on duty in the team are.</source>
        <translation>За 30 и 10 рабочих минут до срока ответа предупреждение получают дежурный и руководители. Если график пуст, дежурными считаются отмеченные в команде.</translation>
    </message>
    <message>
        <source>Write times as 05.11.2026 09:00; the old one was kept.</source>
        <translation>Пишите время как 05.11.2026 09:00; прежнее сохранено.</translation>
    </message>
</context>
<context>
    <name>DutyWatch</name>
    <message>
        <source>%1 %2: the answer is due in %3</source>
        <translation>%1 %2: ответить надо через %3</translation>
    </message>
</context>
<context>
    <name>EffortEdit</name>
    <message>
        <source>2h30, 2:30, 150 or 2.5h</source>
        <translation>2ч30, 2:30, 150 или 2,5ч</translation>
    </message>
</context>
<context>
    <name>EraseDialog</name>
    <message numerus="yes">
        <source>%n draft(s) quoting it go too.</source>
        <translation>
            <numerusform>Исчезнет и %n черновик с цитатой.</numerusform>
            <numerusform>Исчезнут и %n черновика с цитатой.</numerusform>
            <numerusform>Исчезнут и %n черновиков с цитатой.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n other(s) of this ticket repeat its words: choose them too</source>
        <translation>
            <numerusform>Ещё %n запись заявки повторяет эти слова: выбрать и её</numerusform>
            <numerusform>Ещё %n записи заявки повторяют эти слова: выбрать и их</numerusform>
            <numerusform>Ещё %n записей заявки повторяют эти слова: выбрать и их</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n piece(s) will be made blank.</source>
        <translation>
            <numerusform>Станет пустой %n запись.</numerusform>
            <numerusform>Станут пустыми %n записи.</numerusform>
            <numerusform>Станут пустыми %n записей.</numerusform>
        </translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <source>Entry</source>
        <translation>Запись</translation>
    </message>
    <message>
        <source>Erase for ever</source>
        <translation>Стереть навсегда</translation>
    </message>
    <message>
        <source>Erasing…</source>
        <translation>Стираю…</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Файл</translation>
    </message>
    <message>
        <source>Files that another letter holds too, and that stay there: %1.</source>
        <translation>Файлы, которые есть и в другом письме и останутся там: %1.</translation>
    </message>
    <message>
        <source>Files that go: %1.</source>
        <translation>Будут удалены файлы: %1.</translation>
    </message>
    <message>
        <source>Hand-over</source>
        <translation>Эскалация</translation>
    </message>
    <message numerus="yes">
        <source>It is also taken out of %n copy(ies) of the desk here.</source>
        <translation>
            <numerusform>Стирается и из %n копии базы на этой машине.</numerusform>
            <numerusform>Стирается и из %n копий базы на этой машине.</numerusform>
            <numerusform>Стирается и из %n копий базы на этой машине.</numerusform>
        </translation>
    </message>
    <message>
        <source>Letter</source>
        <translation>Письмо</translation>
    </message>
    <message>
        <source>Machines that are switched off erase it when they connect again.</source>
        <translation>Выключенные машины сотрут это, когда снова соединятся.</translation>
    </message>
    <message>
        <source>Subject, solution and remarks of the ticket</source>
        <translation>Тема, решение и примечания заявки</translation>
    </message>
    <message>
        <source>The letter itself stays in the mailbox %1: delete it there.</source>
        <translation>Само письмо остаётся в ящике %1: удалите его там.</translation>
    </message>
    <message>
        <source>There is nothing left in this ticket to erase.</source>
        <translation>В этой заявке стирать больше нечего.</translation>
    </message>
    <message>
        <source>What to erase</source>
        <translation>Что стереть</translation>
    </message>
    <message>
        <source>What you choose goes from this machine, from copies, from the shared desk and, with its next connection, from every colleague’s machine. Nobody can bring it back: there is no undo.</source>
        <translation>Выбранное исчезнет с этой машины, из копий, из общей базы и, при следующем соединении, с машин всех коллег. Вернуть его не сможет никто: отмены нет.</translation>
    </message>
    <message>
        <source>Why, for those who will wonder</source>
        <translation>Причина — для тех, кто спросит</translation>
    </message>
    <message>
        <source>the letter as it came</source>
        <translation>письмо в исходном виде</translation>
    </message>
</context>
<context>
    <name>Errors</name>
    <message>
        <source>#%1 has a date that was told, #%2 has none. Merge them the other way round.</source>
        <translation>По №%1 срок назван, по №%2 нет. Объедините их наоборот.</translation>
    </message>
    <message>
        <source>#%1 is there now. Choose another time.</source>
        <translation>Там теперь №%1. Выберите другое время.</translation>
    </message>
    <message>
        <source>#%1 is there now. The letter is kept, choose another slot.</source>
        <translation>Там теперь №%1. Письмо сохранено, выберите другое время.</translation>
    </message>
    <message>
        <source>#%1 was merged</source>
        <translation>№%1 объединена</translation>
    </message>
    <message>
        <source>%1 MB are free in %2, %3 MB are needed. The desk itself is safe; free some space.</source>
        <translation>Свободно %1 МБ в %2, нужно %3 МБ. Сама база цела; освободите место.</translation>
    </message>
    <message>
        <source>%1 MB are free. Delete something large.</source>
        <translation>Свободно %1 МБ. Удалите что-нибудь большое.</translation>
    </message>
    <message>
        <source>%1 MB are needed on this machine. Everything here is safe; free some space.</source>
        <translation>На этой машине нужно %1 МБ. Всё здесь цело; освободите место.</translation>
    </message>
    <message>
        <source>%1 asks for it. Everything is kept here and shared later.</source>
        <translation>%1 спрашивает его. Всё сохранено здесь и станет общим позже.</translation>
    </message>
    <message>
        <source>%1 belongs to another application. The file was left as it is. Choose another folder for the desk.</source>
        <translation>%1 принадлежит другому приложению. Файл не тронут. Выберите другую папку.</translation>
    </message>
    <message>
        <source>%1 cannot be reached from this machine.</source>
        <translation>%1 не видна с этого компьютера.</translation>
    </message>
    <message>
        <source>%1 cannot be read or written just now. Nothing of this step was kept. Have the disk looked at before you go on.</source>
        <translation>%1 сейчас не читается или не пишется. Этот шаг не сохранён. Проверьте диск, прежде чем продолжать.</translation>
    </message>
    <message>
        <source>%1 cannot be written.</source>
        <translation>%1 нельзя записать.</translation>
    </message>
    <message>
        <source>%1 does not accept the name “%2” with this password. Letters are kept; enter the password again. %3</source>
        <translation>%1 не принимает имя «%2» с этим паролем. Письма сохранены, введите пароль снова. %3</translation>
    </message>
    <message>
        <source>%1 does not accept the name “%2” with this password. Letters stay in the mailbox; enter it again. %3</source>
        <translation>%1 не принимает имя «%2» с этим паролем. Письма остаются в ящике, введите пароль снова. %3</translation>
    </message>
    <message>
        <source>%1 has no readable desk.json.</source>
        <translation>В %1 нет читаемого desk.json.</translation>
    </message>
    <message>
        <source>%1 has no sheets.</source>
        <translation>В %1 нет листов.</translation>
    </message>
    <message>
        <source>%1 has none. Everything is kept here.</source>
        <translation>В %1 его нет. Здесь всё сохранено.</translation>
    </message>
    <message>
        <source>%1 has nothing in common with this desk. Nothing was changed here or there. Look whether the right share or database is connected, or tell this desk its address anew.</source>
        <translation>%1 не имеет ничего общего с этой базой. Ни здесь, ни там ничего не изменено. Проверьте, та ли папка или база данных подключена, или укажите адрес заново.</translation>
    </message>
    <message>
        <source>%1 has schema %2, this application knows up to %3. Nothing was changed.</source>
        <translation>У %1 схема %2, эта программа знает до %3. Ничего не изменено.</translation>
    </message>
    <message>
        <source>%1 has to offer NTLM or Basic for EWS. Letters stay in the mailbox.</source>
        <translation>%1 должен предлагать для EWS вход NTLM или Basic. Письма остаются в ящике.</translation>
    </message>
    <message>
        <source>%1 has: %2</source>
        <translation>В файле %1 есть: %2</translation>
    </message>
    <message>
        <source>%1 holds a different one. Ask for a new one.</source>
        <translation>В %1 лежит другая. Попросите новое приглашение.</translation>
    </message>
    <message>
        <source>%1 holds one. Join it with an invitation instead.</source>
        <translation>Она лежит в %1. Присоединитесь к ней по приглашению.</translation>
    </message>
    <message>
        <source>%1 holds other files. Nothing was written.</source>
        <translation>В %1 есть другие файлы. Ничего не записано.</translation>
    </message>
    <message>
        <source>%1 holds tables, views or triggers that no version of this application makes. Nothing was changed.</source>
        <translation>В %1 есть таблицы, представления или триггеры, которых не создаёт ни одна версия программы. Ничего не изменено.</translation>
    </message>
    <message>
        <source>%1 is empty, or the share is not connected. Everything is kept here.</source>
        <translation>%1 пуста, или общая папка не подключена. Здесь всё сохранено.</translation>
    </message>
    <message>
        <source>%1 is kept for emergencies</source>
        <translation>%1 хранится для аварий</translation>
    </message>
    <message>
        <source>%1 is neither a folder nor the address of a PostgreSQL database, which is written as postgresql://user@server/database. Nothing was changed.</source>
        <translation>%1 не папка и не адрес базы PostgreSQL; он пишется так: postgresql://пользователь@сервер/база. Ничего не изменено.</translation>
    </message>
    <message>
        <source>%1 is no date. Nothing was changed.</source>
        <translation>%1 не дата. Ничего не изменено.</translation>
    </message>
    <message>
        <source>%1 is not a database or is damaged. The file was left as it is. Put a copy back: “deskapp backup list” names them, “deskapp backup restore NAME --yes” takes one. Or move the file away to start with an empty desk.</source>
        <translation>%1 не база данных или повреждён. Файл не тронут. Верните копию: «deskapp backup list» назовёт их, «deskapp backup restore ИМЯ --yes» поставит на место. Или уберите файл, чтобы начать с пустой базы.</translation>
    </message>
    <message>
        <source>%1 is not in %2. Nothing was changed.</source>
        <translation>%1 нет в %2. Ничего не изменено.</translation>
    </message>
    <message>
        <source>%1 is read-only for this account. Ask for the right to write and to delete there. Everything is kept here and shared later.</source>
        <translation>%1: эта учётная запись может только читать. Попросите право записи и удаления. Всё сохранено здесь и станет общим позже.</translation>
    </message>
    <message>
        <source>%1 is synchronised by %2, which copies files later and lets two desktops overwrite each other. Choose a folder on a network share, or PostgreSQL.</source>
        <translation>%1 синхронизирует %2: файлы копируются позже, и два компьютера перезапишут друг друга. Выберите папку на сетевом диске или PostgreSQL.</translation>
    </message>
    <message>
        <source>%1 no longer has this place. Everything is kept here and shared later.</source>
        <translation>В %1 этого места больше нет. Всё сохранено здесь и станет общим позже.</translation>
    </message>
    <message>
        <source>%1 of %2 rows of “%3” would go. Nothing was changed. Look whether the shared desk is the right one; if it is meant, allow it once: deskapp sync --allow-deleting.</source>
        <translation>Исчезли бы %1 из %2 строк «%3». Ничего не изменено. Проверьте, тот ли это общий стол; если так и задумано, разрешите это один раз: deskapp sync --allow-deleting.</translation>
    </message>
    <message>
        <source>%1 refused it. Everything is kept here and shared later.</source>
        <translation>%1 его не принимает. Всё сохранено здесь и станет общим позже.</translation>
    </message>
    <message>
        <source>%1 says who it is with a certificate that cannot be checked: %2. Nothing was sent to it. If the company has an authority of its own, give its file in the settings of the mailbox; else somebody may be listening in between.</source>
        <translation>%1 представляется сертификатом, который нельзя проверить: %2. Туда ничего не отправлено. Если у компании свой центр сертификации, укажите его файл в настройках ящика; иначе кто-то может подслушивать соединение.</translation>
    </message>
    <message>
        <source>%1 sends us elsewhere. Check the server in the settings.</source>
        <translation>%1 отсылает на другой адрес. Проверьте сервер в настройках.</translation>
    </message>
    <message>
        <source>%1 was made by a newer version.</source>
        <translation>%1 создана более новой версией.</translation>
    </message>
    <message>
        <source>%1 was not found. Nothing was changed.</source>
        <translation>%1 не найден. Ничего не изменено.</translation>
    </message>
    <message>
        <source>%1 would take more memory than there is. Save the table as CSV.</source>
        <translation>%1 заняла бы больше памяти, чем есть. Сохраните таблицу как CSV.</translation>
    </message>
    <message>
        <source>%1, row %2, %3: %4 looks like an instant in seconds, but they are UTC milliseconds. Nothing was imported.</source>
        <translation>%1, строка %2, %3: %4 похоже на время в секундах, а здесь миллисекунды UTC. Ничего не импортировано.</translation>
    </message>
    <message>
        <source>%1, row %2, %3: this machine knows no time zone “%4”. Nothing was imported.</source>
        <translation>%1, строка %2, %3: на этой машине нет часового пояса «%4». Ничего не импортировано.</translation>
    </message>
    <message>
        <source>%1, row %2, %3: “%4” cannot stand there. Nothing was imported.</source>
        <translation>%1, строка %2, %3: «%4» здесь стоять не может. Ничего не импортировано.</translation>
    </message>
    <message>
        <source>%1, row %2: the id “%3” is that of row %4 already. Nothing was imported.</source>
        <translation>%1, строка %2: id «%3» уже стоит в строке %4. Ничего не импортировано.</translation>
    </message>
    <message>
        <source>%1. Check the application id and the tenant.</source>
        <translation>%1. Проверьте идентификатор приложения и tenant.</translation>
    </message>
    <message>
        <source>%1. It is tried again.</source>
        <translation>%1. Попытка повторится.</translation>
    </message>
    <message>
        <source>%1. It stays where it was; free some space and try again.</source>
        <translation>%1. Оно осталось на месте. Освободите место и повторите.</translation>
    </message>
    <message>
        <source>%1. It waits.</source>
        <translation>%1. Оно ждёт.</translation>
    </message>
    <message>
        <source>%1. Letters stay in the mailbox; it is tried again.</source>
        <translation>%1. Письма остаются в ящике; попытка повторится.</translation>
    </message>
    <message>
        <source>%1. Links can still be opened by: deskapp open LINK.</source>
        <translation>%1. Ссылки можно открывать и так: deskapp open ССЫЛКА.</translation>
    </message>
    <message>
        <source>%1. Nobody got the letter.</source>
        <translation>%1. Письмо никто не получил.</translation>
    </message>
    <message>
        <source>%1. Nothing was imported.</source>
        <translation>%1. Ничего не загружено.</translation>
    </message>
    <message>
        <source>%1. The letter was not sent and is kept.</source>
        <translation>%1. Письмо не отправлено и сохранено.</translation>
    </message>
    <message>
        <source>%1. The letter was not sent and is kept; it is tried again.</source>
        <translation>%1. Письмо не отправлено и сохранено; попытка повторится.</translation>
    </message>
    <message>
        <source>%1. The old ones were kept.</source>
        <translation>%1. Прежние сохранены.</translation>
    </message>
    <message>
        <source>%1. Tickets are safe.</source>
        <translation>%1. Заявки на месте.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1: %2.</source>
        <translation>%1: %2.</translation>
    </message>
    <message>
        <source>%1: %2. Ask whoever leads the shared desk for the role “member”. Everything is kept here and shared later.</source>
        <translation>%1: %2. Попросите у того, кто управляет общей базой, роль «member». Всё сохранено здесь и станет общим позже.</translation>
    </message>
    <message>
        <source>%1: %2. Check its address and folders, and that “%3” has the right to open it.</source>
        <translation>%1: %2. Проверьте адрес и папки ящика и право «%3» его открывать.</translation>
    </message>
    <message>
        <source>%1: %2. Choose another folder, or make this one writable.</source>
        <translation>%1: %2. Выберите другую папку или разрешите запись в эту.</translation>
    </message>
    <message>
        <source>%1: %2. Everything is kept here and shared later.</source>
        <translation>%1: %2. Всё сохранено здесь и станет общим позже.</translation>
    </message>
    <message>
        <source>%1: %2. It is tried again.</source>
        <translation>%1: %2. Попытка повторится.</translation>
    </message>
    <message>
        <source>%1: %2. It stays there.</source>
        <translation>%1: %2. Оно остаётся там.</translation>
    </message>
    <message>
        <source>%1: %2. Letters stay in the mailbox; it is tried again.</source>
        <translation>%1: %2. Письма остаются в ящике; попытка повторится.</translation>
    </message>
    <message>
        <source>%1: %2. Make its folder yours and writable.</source>
        <translation>%1: %2. Сделайте его папку своей и доступной для записи.</translation>
    </message>
    <message>
        <source>%1: %2. Nothing was changed.</source>
        <translation>%1: %2. Ничего не изменено.</translation>
    </message>
    <message>
        <source>%1: %2. Nothing was changed; take another one.</source>
        <translation>%1: %2. Ничего не изменено; возьмите другую.</translation>
    </message>
    <message>
        <source>%1: %2. The ticket keeps its own copy.</source>
        <translation>%1: %2. В заявке остаётся своя копия.</translation>
    </message>
    <message>
        <source>%1: %2. Tickets and letters are safe.</source>
        <translation>%1: %2. Заявки и письма на месте.</translation>
    </message>
    <message>
        <source>%1: the file or its folder is closed to you, or read-only. What is stored is safe. Make both readable and writable for you, then try again.</source>
        <translation>%1: файл или его папка закрыты для вас либо доступны только для чтения. Сохранённое цело. Откройте себе чтение и запись и повторите.</translation>
    </message>
    <message>
        <source>%2. It stays there.</source>
        <translation>%2. Оно остаётся там.</translation>
    </message>
    <message>
        <source>A block to be moved is elsewhere. Nothing was changed; look at it anew.</source>
        <translation>Сдвигаемая работа уже в другом месте. Ничего не изменено, посмотрите заново.</translation>
    </message>
    <message>
        <source>A block to be moved is gone. Nothing was changed; look at the new plan.</source>
        <translation>Блока, который надо сдвинуть, больше нет. Ничего не изменено, посмотрите новый план.</translation>
    </message>
    <message>
        <source>A calendar needs working time</source>
        <translation>Календарю нужно рабочее время</translation>
    </message>
    <message>
        <source>A colleague did it in %1. Sync first, then look.</source>
        <translation>Её создал коллега в %1. Сначала синхронизируйтесь, потом посмотрите.</translation>
    </message>
    <message>
        <source>A colleague moved or removed it.</source>
        <translation>Коллега сдвинул или убрал его.</translation>
    </message>
    <message>
        <source>A colleague was faster in %1.</source>
        <translation>Коллега успел раньше в %1.</translation>
    </message>
    <message>
        <source>A colleague was faster. The preview is computed anew.</source>
        <translation>Коллега успел раньше. Предпросмотр пересчитан.</translation>
    </message>
    <message>
        <source>A colleague was faster; look at the ticket.</source>
        <translation>Коллега успел раньше; посмотрите заявку.</translation>
    </message>
    <message>
        <source>A colleague was faster; what they chose is in force.</source>
        <translation>Коллега успел раньше; действует его выбор.</translation>
    </message>
    <message>
        <source>A colleague works with version %1. Everything goes on working here and is kept; it is shared after this machine is updated too.</source>
        <translation>Коллега работает с версией %1. Здесь всё работает и сохраняется; обмен продолжится, когда обновится и этот компьютер.</translation>
    </message>
    <message>
        <source>A column is missing</source>
        <translation>Не хватает столбца</translation>
    </message>
    <message>
        <source>A date beside the calendar needs a reason; the customer does not see it.</source>
        <translation>Дате в обход календаря нужна причина, клиент её не увидит.</translation>
    </message>
    <message>
        <source>A file could not be uploaded</source>
        <translation>Файл не загрузился на сервер</translation>
    </message>
    <message>
        <source>A lead has to open it with the newest version. %1: %2. Everything is kept here and shared later.</source>
        <translation>Её должен открыть руководитель в самой новой версии. %1: %2. Всё сохранено здесь и станет общим позже.</translation>
    </message>
    <message>
        <source>A letter cannot be read</source>
        <translation>Письмо не читается</translation>
    </message>
    <message>
        <source>A mailbox needs an address</source>
        <translation>Почтовому ящику нужен адрес</translation>
    </message>
    <message>
        <source>A movement names a ticket, an order or the reason of a count.</source>
        <translation>Движение называет заявку, заказ или причину пересчёта.</translation>
    </message>
    <message>
        <source>A name is missing</source>
        <translation>Не хватает имени</translation>
    </message>
    <message>
        <source>A piece is between a quarter of an hour and a day.</source>
        <translation>Часть — от четверти часа до дня.</translation>
    </message>
    <message>
        <source>A record of the hub is damaged</source>
        <translation>Запись общей базы повреждена</translation>
    </message>
    <message>
        <source>A return needs a reason</source>
        <translation>Для возврата нужна причина</translation>
    </message>
    <message>
        <source>A saved search needs a name and words</source>
        <translation>Сохранённому поиску нужны название и слова</translation>
    </message>
    <message>
        <source>A shift lasts a month at most</source>
        <translation>Смена длится не больше месяца</translation>
    </message>
    <message>
        <source>A target lies between a minute and a working year.</source>
        <translation>Срок бывает от минуты до рабочего года.</translation>
    </message>
    <message>
        <source>A ticket cannot be merged with itself</source>
        <translation>Заявку нельзя объединить с ней самой</translation>
    </message>
    <message>
        <source>A ticket needs a subject</source>
        <translation>Заявке нужна тема</translation>
    </message>
    <message>
        <source>A way is between nothing and eight hours.</source>
        <translation>Дорога — от нуля до восьми часов.</translation>
    </message>
    <message>
        <source>A whole desk goes only into a new one; choose another folder. Nothing was changed.</source>
        <translation>Базу целиком можно загрузить только в новую; выберите другую папку. Ничего не изменилось.</translation>
    </message>
    <message>
        <source>An administrator of %1 has to run this once: %2</source>
        <translation>Администратор %1 должен один раз выполнить: %2</translation>
    </message>
    <message>
        <source>An agent works on this profile already</source>
        <translation>С этим профилем уже работает агент</translation>
    </message>
    <message>
        <source>An effort is at least a minute.</source>
        <translation>Трудоёмкость не меньше минуты.</translation>
    </message>
    <message>
        <source>An effort is between a minute and a thousand hours.</source>
        <translation>Трудоёмкость от минуты до тысячи часов.</translation>
    </message>
    <message>
        <source>An interval ends after it begins and before the next one. The old ones were kept.</source>
        <translation>Промежуток кончается после начала и до следующего. Прежние сохранены.</translation>
    </message>
    <message>
        <source>Another desk stands in this place</source>
        <translation>На этом месте другая база</translation>
    </message>
    <message>
        <source>Another process works on this desk</source>
        <translation>С этой базой работает другой процесс</translation>
    </message>
    <message>
        <source>Another program has been writing to %1 for long. Nothing of this step was kept; try again in a moment.</source>
        <translation>Другая программа давно пишет в %1. Этот шаг не сохранён; повторите чуть позже.</translation>
    </message>
    <message>
        <source>Answer one question at least.</source>
        <translation>Ответьте хотя бы на один вопрос.</translation>
    </message>
    <message>
        <source>Ask a colleague to open the desk, then try again.</source>
        <translation>Попросите коллегу открыть программу и повторите.</translation>
    </message>
    <message>
        <source>Ask for the line that begins with %1 and paste it whole.</source>
        <translation>Попросите строку, которая начинается с %1, и вставьте её целиком.</translation>
    </message>
    <message>
        <source>Check the dates; nothing was changed.</source>
        <translation>Проверьте даты, ничего не изменено.</translation>
    </message>
    <message>
        <source>Check the number; nothing was changed.</source>
        <translation>Проверьте номер; ничего не изменено.</translation>
    </message>
    <message>
        <source>Choose a colleague; the others were kept.</source>
        <translation>Выберите коллегу; остальные сохранены.</translation>
    </message>
    <message>
        <source>Choose a folder in Settings, Mail.</source>
        <translation>Выберите папку: Настройки, Почта.</translation>
    </message>
    <message>
        <source>Choose a folder of a network share, or give the address of a database.</source>
        <translation>Выберите папку на сетевом диске или укажите адрес базы данных.</translation>
    </message>
    <message>
        <source>Choose a later one. The letter is kept.</source>
        <translation>Выберите более позднюю. Письмо сохранено.</translation>
    </message>
    <message>
        <source>Choose a later time.</source>
        <translation>Выберите время позже.</translation>
    </message>
    <message>
        <source>Choose a place within a planned block.</source>
        <translation>Выберите место внутри запланированного блока.</translation>
    </message>
    <message>
        <source>Choose another one to merge with. Nothing was changed.</source>
        <translation>Выберите другую запись. Ничего не изменилось.</translation>
    </message>
    <message>
        <source>Choose another ticket.</source>
        <translation>Выберите другую заявку.</translation>
    </message>
    <message>
        <source>Choose marks from 1 to 5 or from 0 to 10, or none.</source>
        <translation>Выберите оценку от 1 до 5, от 0 до 10 или ничего.</translation>
    </message>
    <message>
        <source>Choose the ticket of the fault.</source>
        <translation>Выберите заявку с неисправностью.</translation>
    </message>
    <message>
        <source>Choose where the parts go.</source>
        <translation>Выберите, куда перемещаются детали.</translation>
    </message>
    <message>
        <source>Choose who takes part; nothing was changed.</source>
        <translation>Выберите участников; ничего не изменено.</translation>
    </message>
    <message>
        <source>Close other windows and the agent of this desk, then try again.</source>
        <translation>Закройте другие окна и агента этой базы и попробуйте снова.</translation>
    </message>
    <message>
        <source>Close the window and the agent, then try again.</source>
        <translation>Закройте окно и агента и попробуйте снова.</translation>
    </message>
    <message>
        <source>Colleagues were faster each time. Everything is kept here.</source>
        <translation>Коллеги каждый раз успевали раньше. Здесь всё сохранено.</translation>
    </message>
    <message>
        <source>Customers answer to it. Nothing was changed.</source>
        <translation>На него отвечают клиенты. Ничего не изменено.</translation>
    </message>
    <message>
        <source>EWS there is blocked since 1 October 2026 and ends on 1 April 2027. Choose “Exchange Online” as the kind of the mailbox: it signs in by Microsoft Graph.</source>
        <translation>EWS там заблокирован с 1 октября 2026 года и отключается 1 апреля 2027 года. Выберите вид ящика «Exchange Online»: вход через Microsoft Graph.</translation>
    </message>
    <message>
        <source>Enter it in the settings of the mailbox %1.</source>
        <translation>Введите его в настройках ящика %1.</translation>
    </message>
    <message>
        <source>Enter it in the settings of the mailbox.</source>
        <translation>Укажите его в настройках ящика.</translation>
    </message>
    <message>
        <source>Enter its https address in the settings of the mailbox %1.</source>
        <translation>Введите его адрес https в настройках ящика %1.</translation>
    </message>
    <message>
        <source>Everything is kept here and shared later.</source>
        <translation>Здесь всё сохранено и попадёт в общую базу позже.</translation>
    </message>
    <message>
        <source>Everything is planned</source>
        <translation>Всё запланировано</translation>
    </message>
    <message>
        <source>Everything of the desk is safe. Passwords are kept in memory only and asked for at each start. Install and unlock a keyring (Secret Service, KWallet, Credential Manager) to keep them.</source>
        <translation>Все данные целы. Пароли хранятся только в памяти и запрашиваются при каждом запуске. Чтобы сохранять их, установите и откройте хранилище (Secret Service, KWallet, Диспетчер учётных данных).</translation>
    </message>
    <message>
        <source>Exchange Online cannot be reached by EWS</source>
        <translation>К Exchange Online нет доступа по EWS</translation>
    </message>
    <message>
        <source>From %1 to %2.</source>
        <translation>От %1 до %2.</translation>
    </message>
    <message>
        <source>Give %1 a name; the old one was kept.</source>
        <translation>Дайте имя: %1. Прежнее сохранено.</translation>
    </message>
    <message>
        <source>Give it a name and, if there is one, a code.</source>
        <translation>Дайте ей название и, если есть, код.</translation>
    </message>
    <message>
        <source>Give it: deskapp mailbox find ADDRESS.</source>
        <translation>Назовите его: deskapp mailbox find АДРЕС.</translation>
    </message>
    <message>
        <source>Give its address: deskapp mailbox sign-in ADDRESS.</source>
        <translation>Укажите адрес: deskapp mailbox sign-in ADDRESS.</translation>
    </message>
    <message>
        <source>Give its last date, or none.</source>
        <translation>Укажите последнюю дату или никакой.</translation>
    </message>
    <message>
        <source>Give the cards an effort; then they can be planned.</source>
        <translation>Задайте карточкам трудоёмкость, тогда их можно запланировать.</translation>
    </message>
    <message>
        <source>Give the customer a name; the old one was kept.</source>
        <translation>Назовите клиента; осталось прежнее название.</translation>
    </message>
    <message>
        <source>Give the first date of the maintenance.</source>
        <translation>Укажите первую дату работ.</translation>
    </message>
    <message>
        <source>Give the minutes of the way, or - for work at the desk.</source>
        <translation>Укажите минуты дороги или - для работы удалённо.</translation>
    </message>
    <message>
        <source>Give the name of the customer's person.</source>
        <translation>Укажите имя представителя клиента.</translation>
    </message>
    <message>
        <source>Give the name of the person who said so.</source>
        <translation>Укажите, кто это сказал.</translation>
    </message>
    <message>
        <source>Give the name of the person who said so; the ticket stays as it is.</source>
        <translation>Укажите имя того, кто это сказал. Заявка не изменена.</translation>
    </message>
    <message>
        <source>Give the name of the person you spoke to.</source>
        <translation>Укажите имя того, с кем говорили.</translation>
    </message>
    <message>
        <source>Give the reason</source>
        <translation>Назовите причину</translation>
    </message>
    <message>
        <source>Give the time of the work and of the way there.</source>
        <translation>Укажите время работы и дороги.</translation>
    </message>
    <message>
        <source>Hand it to a colleague, or to a line.</source>
        <translation>Передайте её коллеге или линии.</translation>
    </message>
    <message>
        <source>How long will it take?</source>
        <translation>Сколько это займёт?</translation>
    </message>
    <message>
        <source>How many?</source>
        <translation>Сколько?</translation>
    </message>
    <message>
        <source>How often?</source>
        <translation>Как часто?</translation>
    </message>
    <message>
        <source>Install it here too. Nothing was imported.</source>
        <translation>Установите её и здесь. Ничего не загружено.</translation>
    </message>
    <message>
        <source>Install psycopg: pip install psycopg[binary].</source>
        <translation>Установите psycopg: pip install psycopg[binary].</translation>
    </message>
    <message>
        <source>It becomes part of the protocol. What you typed is kept.</source>
        <translation>Это войдёт в протокол. Набранное сохранено.</translation>
    </message>
    <message>
        <source>It begins with postgresql:// or is a folder: %1.</source>
        <translation>Он начинается с postgresql:// или это папка: %1.</translation>
    </message>
    <message>
        <source>It cannot be called back. Write a correction?</source>
        <translation>Его не вернуть. Написать исправление?</translation>
    </message>
    <message>
        <source>It has no hub. Share it, or join one by an invitation.</source>
        <translation>У него нет общей базы. Поделитесь им или присоединитесь по приглашению.</translation>
    </message>
    <message>
        <source>It is at %1 now. Everything that you do here is kept and goes along once you follow.</source>
        <translation>Теперь она в %1. Всё, что вы делаете здесь, сохраняется и перейдёт туда вместе с вами.</translation>
    </message>
    <message>
        <source>It is empty, or was erased already. Nothing was changed.</source>
        <translation>Там пусто или уже стёрто. Ничего не изменено.</translation>
    </message>
    <message>
        <source>It is kept nowhere, so that nothing can bring it back.</source>
        <translation>Оно нигде не хранится, вернуть его нельзя.</translation>
    </message>
    <message>
        <source>It is no working time any more. Choose another time.</source>
        <translation>Это время больше не рабочее. Выберите другое.</translation>
    </message>
    <message>
        <source>It is no working time any more. The letter is kept, choose another slot.</source>
        <translation>Это время больше не рабочее. Письмо сохранено, выберите другое время.</translation>
    </message>
    <message>
        <source>It is not known whether the letter left</source>
        <translation>Неизвестно, ушло ли письмо</translation>
    </message>
    <message>
        <source>It left at %1 and cannot be called back. Write a correction?</source>
        <translation>Оно ушло в %1, его не вернуть. Написать исправление?</translation>
    </message>
    <message>
        <source>It may have been merged already. Nothing was changed.</source>
        <translation>Возможно, её уже объединили. Ничего не изменилось.</translation>
    </message>
    <message>
        <source>It may have been merged or taken back.</source>
        <translation>Возможно, её объединили или отозвали.</translation>
    </message>
    <message>
        <source>It may have been merged with another.</source>
        <translation>Возможно, его объединили с другим.</translation>
    </message>
    <message>
        <source>It may have been taken back or merged.</source>
        <translation>Возможно, её отозвали или объединили.</translation>
    </message>
    <message>
        <source>It may have been taken back.</source>
        <translation>Возможно, её отменили.</translation>
    </message>
    <message>
        <source>It must lie between %1 and %2. The old one was kept.</source>
        <translation>Оно должно быть от %1 до %2. Прежнее сохранено.</translation>
    </message>
    <message>
        <source>It was deleted meanwhile; there is nothing to choose any more.</source>
        <translation>Её удалили; выбирать больше не из чего.</translation>
    </message>
    <message>
        <source>It was delivered or cancelled meanwhile.</source>
        <translation>Его тем временем доставили или отменили.</translation>
    </message>
    <message>
        <source>It was not sent. Add an address.</source>
        <translation>Письмо не отправлено. Добавьте адрес.</translation>
    </message>
    <message>
        <source>It was sent meanwhile, or is on its way.</source>
        <translation>Оно уже отправлено или в пути.</translation>
    </message>
    <message>
        <source>It was taken back.</source>
        <translation>Её отозвали.</translation>
    </message>
    <message>
        <source>It was used or released meanwhile.</source>
        <translation>Её тем временем израсходовали или освободили.</translation>
    </message>
    <message>
        <source>Its certificate or its encryption is not what the address asks for. %1: %2. Everything is kept here and shared later.</source>
        <translation>Сертификат или шифрование не такие, каких требует адрес. %1: %2. Всё сохранено здесь и станет общим позже.</translation>
    </message>
    <message>
        <source>Its content no longer matches what was received. The ticket itself is safe.</source>
        <translation>Его содержимое не то, что было получено. Сама заявка цела.</translation>
    </message>
    <message>
        <source>Its hub is %1. Leave it first.</source>
        <translation>Его общая база: %1. Сначала выйдите из неё.</translation>
    </message>
    <message>
        <source>Its name and size are known, its content is not here yet.</source>
        <translation>Имя и размер известны, содержимого здесь ещё нет.</translation>
    </message>
    <message>
        <source>Its name in the ticket is not one that a kept file can have.</source>
        <translation>Такого имени у сохранённого файла быть не может.</translation>
    </message>
    <message>
        <source>Its promise would be lost</source>
        <translation>Её обещание потерялось бы</translation>
    </message>
    <message>
        <source>Join with another profile: deskapp --profile FOLDER. Nothing was changed.</source>
        <translation>Присоединитесь другим профилем: deskapp --profile ПАПКА. Ничего не изменено.</translation>
    </message>
    <message>
        <source>Known are deskapp:NUMBER, deskapp:new and deskapp:call.</source>
        <translation>Понятны deskapp:НОМЕР, deskapp:new и deskapp:call.</translation>
    </message>
    <message>
        <source>Line %1: %2. The template was not used, no letter was changed. Correct the template in Settings, Letters, or go back to the built-in one.</source>
        <translation>Строка %1: %2. Шаблон не применён, письма не изменены. Исправьте шаблон в настройках писем или вернитесь к встроенному.</translation>
    </message>
    <message>
        <source>Link the ticket that it went into.</source>
        <translation>Свяжите заявку, в которую она вошла.</translation>
    </message>
    <message>
        <source>Look it up with: deskapp search WORDS.</source>
        <translation>Найдите её: deskapp search СЛОВА.</translation>
    </message>
    <message>
        <source>Mail does not run in this process</source>
        <translation>В этом процессе почта не работает</translation>
    </message>
    <message>
        <source>Make the block longer or give a new estimate: what has to make room is shown then.</source>
        <translation>Удлините блок или задайте новую оценку: тогда будет видно, что подвинется.</translation>
    </message>
    <message>
        <source>Microsoft lets in only registered applications. The administrator of %1 registers one and gives its id; enter it in the settings of the mailbox.</source>
        <translation>Microsoft пускает только зарегистрированные приложения. Администратор %1 регистрирует приложение и сообщает его идентификатор; введите его в настройках ящика.</translation>
    </message>
    <message>
        <source>No day of the week has any. The old hours were kept.</source>
        <translation>Ни в одном дне недели его нет. Прежние часы сохранены.</translation>
    </message>
    <message>
        <source>No snapshot holds the records up to %1.</source>
        <translation>Ни один снимок не содержит записей до %1.</translation>
    </message>
    <message>
        <source>Nobody entered it in time. Begin the sign-in again.</source>
        <translation>Его не ввели вовремя. Начните вход заново.</translation>
    </message>
    <message>
        <source>Nobody is chosen</source>
        <translation>Никто не выбран</translation>
    </message>
    <message>
        <source>Nobody signs in to it. Nothing was changed.</source>
        <translation>Вход по коду для него не нужен. Ничего не изменено.</translation>
    </message>
    <message>
        <source>Nobody stands in for themselves</source>
        <translation>Никто не замещает сам себя</translation>
    </message>
    <message>
        <source>Nobody was found</source>
        <translation>Никто не найден</translation>
    </message>
    <message>
        <source>Nothing has to move.</source>
        <translation>Ничего двигать не нужно.</translation>
    </message>
    <message>
        <source>Nothing here has an estimate</source>
        <translation>Ни у чего здесь нет оценки</translation>
    </message>
    <message>
        <source>Nothing is answered yet</source>
        <translation>Ответов пока нет</translation>
    </message>
    <message>
        <source>Nothing of this step was kept, and what was stored before is safe. Free some space on the disk of %1, then try again.</source>
        <translation>Этот шаг не сохранён, всё прежнее цело. Освободите место на диске, где лежит %1, и повторите.</translation>
    </message>
    <message>
        <source>Nothing to undo</source>
        <translation>Отменять нечего</translation>
    </message>
    <message>
        <source>Nothing waits for a place.</source>
        <translation>Ничто не ждёт места.</translation>
    </message>
    <message>
        <source>Nothing was changed.</source>
        <translation>Ничего не изменено.</translation>
    </message>
    <message>
        <source>Nothing was changed. A lead or an administrator of the desk can.</source>
        <translation>Ничего не изменено. Это могут руководитель и администратор.</translation>
    </message>
    <message>
        <source>Nothing was changed. An administrator of the desk can.</source>
        <translation>Ничего не изменено. Это может администратор.</translation>
    </message>
    <message>
        <source>Nothing was changed. Begin again when it is right.</source>
        <translation>Ничего не изменено. Начните заново, когда будет можно.</translation>
    </message>
    <message>
        <source>Nothing was changed. Correct one of the times.</source>
        <translation>Ничего не изменено. Исправьте одно из времён.</translation>
    </message>
    <message>
        <source>Nothing was changed. Make several.</source>
        <translation>Ничего не изменено. Сделайте несколько.</translation>
    </message>
    <message>
        <source>Nothing was let go</source>
        <translation>Ничего не удалено</translation>
    </message>
    <message>
        <source>Nothing was saved. (%1)</source>
        <translation>Ничего не сохранено. (%1)</translation>
    </message>
    <message>
        <source>One is enough. Look how it does with: deskapp agent --health.</source>
        <translation>Одного достаточно. Состояние: deskapp agent --health.</translation>
    </message>
    <message>
        <source>One of them is gone</source>
        <translation>Одной из записей уже нет</translation>
    </message>
    <message>
        <source>Only a lead may do this</source>
        <translation>Это может только руководитель</translation>
    </message>
    <message>
        <source>Only a letter that came can be split off</source>
        <translation>Выделить можно только пришедшее письмо</translation>
    </message>
    <message>
        <source>Only an open ticket can be handed over. Nothing was changed.</source>
        <translation>Передать можно только открытую заявку. Ничего не изменено.</translation>
    </message>
    <message>
        <source>Open the window anew, then try again.</source>
        <translation>Откройте окно заново и попробуйте ещё раз.</translation>
    </message>
    <message>
        <source>Order one for this ticket, or raise its urgency. Nothing was reserved.</source>
        <translation>Закажите деталь для этой заявки или поднимите срочность. Ничего не зарезервировано.</translation>
    </message>
    <message>
        <source>Record %1 cannot be read. Everything here is safe. A desktop that has it already will step over it; if none does, rebuild the hub from the desktop that is up to date.</source>
        <translation>Запись %1 не читается. Здесь всё цело. Её обойдёт компьютер, у которого она уже есть; если такого нет, создайте общую базу заново с компьютера, где данные свежее всего.</translation>
    </message>
    <message>
        <source>Sample data goes only into a new one; choose another folder. Nothing was changed.</source>
        <translation>Пример загружается только в новую, выберите другую папку. Ничего не изменено.</translation>
    </message>
    <message>
        <source>Say what is missing or why it belongs elsewhere.</source>
        <translation>Напишите, чего не хватает или почему это не сюда.</translation>
    </message>
    <message>
        <source>Say what was asked, what was tried, what you suspect and what is wanted. What you wrote is kept.</source>
        <translation>Напишите, что спросили, что пробовали, что подозреваете и что нужно. Написанное сохранено.</translation>
    </message>
    <message>
        <source>Say what was fixed</source>
        <translation>Напишите, что исправлено</translation>
    </message>
    <message>
        <source>Say where</source>
        <translation>Укажите место</translation>
    </message>
    <message>
        <source>Say which column holds: %1. Nothing was imported.</source>
        <translation>Укажите, в каком столбце: %1. Ничего не загружено.</translation>
    </message>
    <message>
        <source>See them with: deskapp mailbox list.</source>
        <translation>Список: deskapp mailbox list.</translation>
    </message>
    <message>
        <source>Share it first; then invite.</source>
        <translation>Сначала поделитесь им, затем приглашайте.</translation>
    </message>
    <message>
        <source>Sharing does not run in this process</source>
        <translation>Обмен здесь не запущен</translation>
    </message>
    <message>
        <source>Sign in to the mailbox again</source>
        <translation>Войдите в ящик ещё раз</translation>
    </message>
    <message>
        <source>Somebody has taken it away.</source>
        <translation>Его убрали.</translation>
    </message>
    <message>
        <source>Somebody has taken it away. Nothing was changed.</source>
        <translation>Его кто-то убрал. Ничего не изменено.</translation>
    </message>
    <message>
        <source>Somebody has told its state meanwhile.</source>
        <translation>Кто-то уже отметил его состояние.</translation>
    </message>
    <message>
        <source>Something goes on asking; look at the log.</source>
        <translation>Что-то продолжает запрашивать; посмотрите журнал.</translation>
    </message>
    <message>
        <source>Still to fill in: %1. What you wrote is kept.</source>
        <translation>Осталось заполнить: %1. Написанное сохранено.</translation>
    </message>
    <message>
        <source>The absence ends before it begins</source>
        <translation>Отсутствие кончается раньше, чем начинается</translation>
    </message>
    <message>
        <source>The address of the mail server cannot be used</source>
        <translation>Такой адрес почтового сервера не подходит</translation>
    </message>
    <message>
        <source>The application id is not set</source>
        <translation>Не указан идентификатор приложения</translation>
    </message>
    <message>
        <source>The article does not say what to do</source>
        <translation>Статья не говорит, что делать</translation>
    </message>
    <message>
        <source>The article has no title</source>
        <translation>У статьи нет заголовка</translation>
    </message>
    <message>
        <source>The block cannot be split there</source>
        <translation>Здесь блок не разделить</translation>
    </message>
    <message>
        <source>The block is gone</source>
        <translation>Блока больше нет</translation>
    </message>
    <message>
        <source>The briefing is not complete</source>
        <translation>Передача заполнена не до конца</translation>
    </message>
    <message>
        <source>The certificate file cannot be read</source>
        <translation>Файл сертификата не читается</translation>
    </message>
    <message>
        <source>The certificate of the mail server is not trusted</source>
        <translation>Сертификату почтового сервера нет доверия</translation>
    </message>
    <message>
        <source>The code is too old</source>
        <translation>Код устарел</translation>
    </message>
    <message>
        <source>The connection broke after it had gone out: %1. Look into the sent letters before sending it again.</source>
        <translation>Соединение прервалось после передачи: %1. Посмотрите в отправленных, прежде чем отправлять снова.</translation>
    </message>
    <message>
        <source>The contract ends before it begins</source>
        <translation>Договор кончается раньше, чем начинается</translation>
    </message>
    <message>
        <source>The copy could not be unpacked</source>
        <translation>Копию не удалось распаковать</translation>
    </message>
    <message>
        <source>The customer will read it. The letter is kept.</source>
        <translation>Клиент это прочтёт. Письмо сохранено.</translation>
    </message>
    <message>
        <source>The customer will read it. What you typed is kept.</source>
        <translation>Клиент это прочтёт. Набранное сохранено.</translation>
    </message>
    <message>
        <source>The customer will read it. What you wrote is kept.</source>
        <translation>Клиент её прочтёт. Написанное сохранено.</translation>
    </message>
    <message>
        <source>The database does not allow this</source>
        <translation>База данных этого не разрешает</translation>
    </message>
    <message>
        <source>The database does not let us in</source>
        <translation>База данных не пускает</translation>
    </message>
    <message>
        <source>The database has schema %1, this application knows up to %2. Nothing was changed. Install the newer version on this machine too.</source>
        <translation>В базе схема %1, приложение знает до %2. Ничего не изменено. Установите новую версию и на этот компьютер.</translation>
    </message>
    <message>
        <source>The database refused</source>
        <translation>База данных отказала</translation>
    </message>
    <message>
        <source>The desk could not be written</source>
        <translation>Не удалось выгрузить базу</translation>
    </message>
    <message>
        <source>The desk is busy</source>
        <translation>База занята</translation>
    </message>
    <message>
        <source>The desk is open elsewhere</source>
        <translation>База открыта ещё где-то</translation>
    </message>
    <message>
        <source>The desk's database cannot be opened</source>
        <translation>Базу не открыть</translation>
    </message>
    <message>
        <source>The desk's database cannot be used</source>
        <translation>База недоступна</translation>
    </message>
    <message>
        <source>The disk is full</source>
        <translation>Диск заполнен</translation>
    </message>
    <message>
        <source>The disk is still nearly full</source>
        <translation>Диск всё ещё почти заполнен</translation>
    </message>
    <message>
        <source>The disk reports an error</source>
        <translation>Диск сообщает об ошибке</translation>
    </message>
    <message>
        <source>The driver of PostgreSQL is missing</source>
        <translation>Нет драйвера PostgreSQL</translation>
    </message>
    <message>
        <source>The entry is empty</source>
        <translation>Запись пустая</translation>
    </message>
    <message>
        <source>The entry is gone</source>
        <translation>Записи больше нет</translation>
    </message>
    <message>
        <source>The estimate is used up</source>
        <translation>Оценка исчерпана</translation>
    </message>
    <message>
        <source>The export is damaged</source>
        <translation>Выгрузка повреждена</translation>
    </message>
    <message>
        <source>The file cannot be read</source>
        <translation>Файл не читается</translation>
    </message>
    <message>
        <source>The file cannot be written</source>
        <translation>Файл не записывается</translation>
    </message>
    <message>
        <source>The file could not be saved</source>
        <translation>Файл не удалось сохранить</translation>
    </message>
    <message>
        <source>The file is damaged</source>
        <translation>Файл повреждён</translation>
    </message>
    <message>
        <source>The file is not on this machine</source>
        <translation>Файла нет на этом компьютере</translation>
    </message>
    <message>
        <source>The first row must name the columns: %1.</source>
        <translation>Первая строка должна называть столбцы: %1.</translation>
    </message>
    <message>
        <source>The folder is not empty</source>
        <translation>Папка не пуста</translation>
    </message>
    <message>
        <source>The folder of the desk cannot be used</source>
        <translation>Папкой рабочего места нельзя пользоваться</translation>
    </message>
    <message>
        <source>The hub is busy</source>
        <translation>Общая база занята</translation>
    </message>
    <message>
        <source>The invitation is for another desk</source>
        <translation>Приглашение от другой общей базы</translation>
    </message>
    <message>
        <source>The letter %1 cannot be moved</source>
        <translation>Письмо %1 нельзя переместить</translation>
    </message>
    <message>
        <source>The letter could not be kept</source>
        <translation>Письмо не удалось сохранить</translation>
    </message>
    <message>
        <source>The letter could not be put into the folder</source>
        <translation>Письмо не удалось положить в папку</translation>
    </message>
    <message>
        <source>The letter has left</source>
        <translation>Письмо ушло</translation>
    </message>
    <message>
        <source>The letter has no recipient</source>
        <translation>У письма нет получателя</translation>
    </message>
    <message>
        <source>The letter is empty</source>
        <translation>Письмо пустое</translation>
    </message>
    <message>
        <source>The letter is gone</source>
        <translation>Письма больше нет</translation>
    </message>
    <message>
        <source>The letter is missing</source>
        <translation>Нет письма</translation>
    </message>
    <message>
        <source>The letter is not finished</source>
        <translation>Письмо не закончено</translation>
    </message>
    <message>
        <source>The letter template has a mistake</source>
        <translation>В шаблоне письма ошибка</translation>
    </message>
    <message>
        <source>The letter was not sent and is kept; it is tried again.</source>
        <translation>Письмо не отправлено и сохранено; попытка повторится.</translation>
    </message>
    <message>
        <source>The letter was not sent. Correct the address “%1”.</source>
        <translation>Письмо не отправлено. Исправьте адрес «%1».</translation>
    </message>
    <message>
        <source>The log stays closed</source>
        <translation>Журнал остаётся закрытым</translation>
    </message>
    <message>
        <source>The macro says “%1”. Correct it in Settings.</source>
        <translation>В макросе написано «%1». Исправьте его в Настройках.</translation>
    </message>
    <message>
        <source>The mail folder cannot be read</source>
        <translation>Папка почты не читается</translation>
    </message>
    <message>
        <source>The mail folder cannot be used</source>
        <translation>Папкой почты нельзя пользоваться</translation>
    </message>
    <message>
        <source>The mail folder is not set</source>
        <translation>Папка почты не указана</translation>
    </message>
    <message>
        <source>The mail server cannot be found</source>
        <translation>Почтовый сервер не найден</translation>
    </message>
    <message>
        <source>The mail server cannot be reached</source>
        <translation>Почтовый сервер недоступен</translation>
    </message>
    <message>
        <source>The mail server cannot be used just now</source>
        <translation>Почтовый сервер сейчас недоступен</translation>
    </message>
    <message>
        <source>The mail server cannot do what the settings ask for</source>
        <translation>Почтовый сервер не умеет того, что требуют настройки</translation>
    </message>
    <message>
        <source>The mail server does not let us in just now</source>
        <translation>Почтовый сервер сейчас не пускает</translation>
    </message>
    <message>
        <source>The mail server for sending is not set</source>
        <translation>Сервер отправки не указан</translation>
    </message>
    <message>
        <source>The mail server for sending refuses the password</source>
        <translation>Сервер отправки не принимает пароль</translation>
    </message>
    <message>
        <source>The mail server is busy</source>
        <translation>Почтовый сервер занят</translation>
    </message>
    <message>
        <source>The mail server is not set</source>
        <translation>Почтовый сервер не указан</translation>
    </message>
    <message>
        <source>The mail server offers no login that is known here</source>
        <translation>Почтовый сервер не предлагает ни одного известного входа</translation>
    </message>
    <message>
        <source>The mail server refuses the password</source>
        <translation>Почтовый сервер не принимает пароль</translation>
    </message>
    <message>
        <source>The mailbox cannot be opened</source>
        <translation>Ящик не открывается</translation>
    </message>
    <message>
        <source>The mailbox cannot be read</source>
        <translation>Ящик не читается</translation>
    </message>
    <message>
        <source>The mailbox is full</source>
        <translation>Ящик переполнен</translation>
    </message>
    <message>
        <source>The mailbox is not set up rightly</source>
        <translation>Ящик настроен неверно</translation>
    </message>
    <message>
        <source>The mailbox names other servers now, here or by a colleague. The password was not sent there. If they are right, type it once more in Settings, Mail.</source>
        <translation>У ящика теперь другие серверы: их сменили здесь или у коллеги. Пароль туда не отправлен. Если серверы верны, введите пароль ещё раз в «Настройки», «Почта».</translation>
    </message>
    <message>
        <source>The old one was kept.</source>
        <translation>Прежний остался.</translation>
    </message>
    <message>
        <source>The part has no name</source>
        <translation>У детали нет названия</translation>
    </message>
    <message>
        <source>The password of %1 was given for another server</source>
        <translation>Пароль ящика %1 был введён для другого сервера</translation>
    </message>
    <message>
        <source>The password of the mailbox is not known</source>
        <translation>Пароль ящика неизвестен</translation>
    </message>
    <message>
        <source>The password of the shared desk is not known here</source>
        <translation>Пароль общей базы здесь неизвестен</translation>
    </message>
    <message>
        <source>The password of the shared desk is not right</source>
        <translation>Пароль общей базы не подходит</translation>
    </message>
    <message>
        <source>The picture could not be saved</source>
        <translation>Картинку не удалось сохранить</translation>
    </message>
    <message>
        <source>The plan has changed</source>
        <translation>План изменился</translation>
    </message>
    <message>
        <source>The provider of %1 asks for it. Letters stay in the mailbox; sign in under Settings, Mail.</source>
        <translation>Этого требует провайдер %1. Письма остаются в ящике; войдите в разделе «Настройки», «Почта».</translation>
    </message>
    <message>
        <source>The quantity must be at least one.</source>
        <translation>Количество не меньше одного.</translation>
    </message>
    <message>
        <source>The question has no text</source>
        <translation>У вопроса нет текста</translation>
    </message>
    <message>
        <source>The row is gone</source>
        <translation>Записи больше нет</translation>
    </message>
    <message>
        <source>The sent letters cannot be read</source>
        <translation>Отправленные письма не читаются</translation>
    </message>
    <message>
        <source>The server cannot be reached</source>
        <translation>Сервер недоступен</translation>
    </message>
    <message>
        <source>The server cannot be trusted</source>
        <translation>Серверу нет доверия</translation>
    </message>
    <message>
        <source>The server does not answer</source>
        <translation>Сервер не отвечает</translation>
    </message>
    <message>
        <source>The server does not take a recipient just now</source>
        <translation>Сервер сейчас не принимает получателя</translation>
    </message>
    <message>
        <source>The server does not take letters from this address</source>
        <translation>Сервер не принимает письма с этого адреса</translation>
    </message>
    <message>
        <source>The server does not take letters from this address just now</source>
        <translation>Сервер сейчас не принимает письма с этого адреса</translation>
    </message>
    <message>
        <source>The server is busy</source>
        <translation>Сервер занят</translation>
    </message>
    <message>
        <source>The server is full</source>
        <translation>Сервер переполнен</translation>
    </message>
    <message>
        <source>The server refuses a recipient</source>
        <translation>Сервер не принимает получателя</translation>
    </message>
    <message>
        <source>The server refuses the letter</source>
        <translation>Сервер не принимает письмо</translation>
    </message>
    <message>
        <source>The share cannot be reached</source>
        <translation>Общая папка недоступна</translation>
    </message>
    <message>
        <source>The share cannot be written to</source>
        <translation>В общую папку нельзя писать</translation>
    </message>
    <message>
        <source>The share is full</source>
        <translation>Общая папка переполнена</translation>
    </message>
    <message>
        <source>The shared desk changed meanwhile</source>
        <translation>Общая база тем временем изменилась</translation>
    </message>
    <message>
        <source>The shared desk has moved</source>
        <translation>Общая база переехала</translation>
    </message>
    <message>
        <source>The shared desk has no snapshot</source>
        <translation>У общей базы нет снимка</translation>
    </message>
    <message>
        <source>The shared desk has not moved</source>
        <translation>Общая база не переезжала</translation>
    </message>
    <message>
        <source>The shared desk is of another version</source>
        <translation>Общая база другой версии</translation>
    </message>
    <message>
        <source>The shared desk was made anew already</source>
        <translation>Общая база уже создана заново</translation>
    </message>
    <message>
        <source>The sheet could not be saved</source>
        <translation>Лист не удалось сохранить</translation>
    </message>
    <message>
        <source>The shift ends before it begins</source>
        <translation>Смена кончается раньше, чем начинается</translation>
    </message>
    <message>
        <source>The sign-in cannot be kept</source>
        <translation>Вход нельзя сохранить</translation>
    </message>
    <message>
        <source>The sign-in server cannot be used</source>
        <translation>Сервер входа недоступен</translation>
    </message>
    <message>
        <source>The sign-in server is busy</source>
        <translation>Сервер входа занят</translation>
    </message>
    <message>
        <source>The sign-in server refuses the application</source>
        <translation>Сервер входа не принимает приложение</translation>
    </message>
    <message>
        <source>The sign-in was declined</source>
        <translation>Вход отклонён</translation>
    </message>
    <message>
        <source>The slot was taken</source>
        <translation>Время занято</translation>
    </message>
    <message>
        <source>The snapshot changed while it was sent</source>
        <translation>Снимок изменился, пока отправлялся</translation>
    </message>
    <message>
        <source>The spreadsheet cannot be read</source>
        <translation>Таблица не читается</translation>
    </message>
    <message>
        <source>The spreadsheet is too large</source>
        <translation>Таблица слишком велика</translation>
    </message>
    <message>
        <source>The step is at least one.</source>
        <translation>Шаг не меньше одного.</translation>
    </message>
    <message>
        <source>The system did not take it</source>
        <translation>Система этого не приняла</translation>
    </message>
    <message>
        <source>The ticket has changed meanwhile. Nothing was done.</source>
        <translation>Заявка тем временем изменилась. Ничего не сделано.</translation>
    </message>
    <message>
        <source>The time was taken</source>
        <translation>Это время занято</translation>
    </message>
    <message>
        <source>The token server is not set</source>
        <translation>Не указан сервер токенов</translation>
    </message>
    <message>
        <source>The window does not come to rest</source>
        <translation>Окно не приходит в покой</translation>
    </message>
    <message>
        <source>The window needs one. Without it “deskapp agent” fetches and sends letters, and “deskapp --help” names what else works.</source>
        <translation>Окну он нужен. Без него «deskapp agent» получает и отправляет письма, а «deskapp --help» назовёт остальное.</translation>
    </message>
    <message>
        <source>There is a shared desk already</source>
        <translation>Общая база там уже есть</translation>
    </message>
    <message>
        <source>There is no display here</source>
        <translation>Здесь нет экрана</translation>
    </message>
    <message>
        <source>There is no mailbox %1</source>
        <translation>Ящика %1 нет</translation>
    </message>
    <message>
        <source>There is no room for a copy of the desk</source>
        <translation>Нет места для копии базы</translation>
    </message>
    <message>
        <source>There is no room for the shared desk</source>
        <translation>Для общей базы не хватает места</translation>
    </message>
    <message>
        <source>There is no room for this desk</source>
        <translation>Для этой базы не хватает места</translation>
    </message>
    <message>
        <source>There is no shared desk in this database</source>
        <translation>В этой базе данных нет общего рабочего места</translation>
    </message>
    <message>
        <source>There is no shared desk in this folder</source>
        <translation>В этой папке нет общей базы</translation>
    </message>
    <message>
        <source>There is no space left at %1. Everything is kept here and shared later.</source>
        <translation>На %1 не осталось места. Всё сохранено здесь и станет общим позже.</translation>
    </message>
    <message>
        <source>There is no space left in %1. Everything is kept here and shared later.</source>
        <translation>В %1 не осталось места. Всё сохранено здесь и станет общим позже.</translation>
    </message>
    <message>
        <source>There is no such article</source>
        <translation>Такой статьи нет</translation>
    </message>
    <message>
        <source>There is no such column</source>
        <translation>Такого столбца нет</translation>
    </message>
    <message>
        <source>There is no such copy</source>
        <translation>Такой копии нет</translation>
    </message>
    <message>
        <source>There is no such customer</source>
        <translation>Такого клиента нет</translation>
    </message>
    <message>
        <source>There is no such file</source>
        <translation>Такого файла нет</translation>
    </message>
    <message>
        <source>There is no such folder</source>
        <translation>Такой папки нет</translation>
    </message>
    <message>
        <source>There is no such part</source>
        <translation>Такой детали нет</translation>
    </message>
    <message>
        <source>There is no such ticket</source>
        <translation>Такой заявки нет</translation>
    </message>
    <message>
        <source>There is no such visit</source>
        <translation>Такого выезда нет</translation>
    </message>
    <message>
        <source>There is no system keyring</source>
        <translation>Нет системного хранилища паролей</translation>
    </message>
    <message>
        <source>There is no table in this file</source>
        <translation>В этом файле нет таблицы</translation>
    </message>
    <message>
        <source>There is no ticket #%1</source>
        <translation>Заявки №%1 нет</translation>
    </message>
    <message>
        <source>There is nothing to erase</source>
        <translation>Стирать нечего</translation>
    </message>
    <message>
        <source>There is nothing to follow.</source>
        <translation>Переходить некуда.</translation>
    </message>
    <message>
        <source>These are the same</source>
        <translation>Это одно и то же</translation>
    </message>
    <message>
        <source>These are the same place</source>
        <translation>Это одно и то же место</translation>
    </message>
    <message>
        <source>These holidays are not known</source>
        <translation>Эти праздники неизвестны</translation>
    </message>
    <message>
        <source>These hours cannot be</source>
        <translation>Таких часов не бывает</translation>
    </message>
    <message>
        <source>This account may not set up a shared desk</source>
        <translation>Этой учётной записи нельзя создать общую базу</translation>
    </message>
    <message>
        <source>This account of %1 is not one. Ask for the role “lead”.</source>
        <translation>Учётная запись %1 не такая. Попросите роль «lead».</translation>
    </message>
    <message>
        <source>This cannot be done now</source>
        <translation>Сейчас это сделать нельзя</translation>
    </message>
    <message>
        <source>This copy is damaged</source>
        <translation>Эта копия повреждена</translation>
    </message>
    <message>
        <source>This copy is of a newer version</source>
        <translation>Эта копия сделана более новой версией</translation>
    </message>
    <message>
        <source>This date has passed</source>
        <translation>Эта дата прошла</translation>
    </message>
    <message>
        <source>This desk is alone</source>
        <translation>Это рабочее место само по себе</translation>
    </message>
    <message>
        <source>This desk is not empty</source>
        <translation>Эта база не пуста</translation>
    </message>
    <message>
        <source>This desk is shared already</source>
        <translation>Этим рабочим местом уже поделились</translation>
    </message>
    <message>
        <source>This desk was opened by a newer version</source>
        <translation>Эту базу открывала более новая версия</translation>
    </message>
    <message>
        <source>This folder cannot hold a shared desk</source>
        <translation>Эта папка не годится для общей базы</translation>
    </message>
    <message>
        <source>This folder is not safe for a shared desk</source>
        <translation>Эта папка не надёжна для общей базы</translation>
    </message>
    <message>
        <source>This hint no longer fits</source>
        <translation>Подсказка устарела</translation>
    </message>
    <message>
        <source>This is for administrators</source>
        <translation>Это может администратор</translation>
    </message>
    <message>
        <source>This is for leads</source>
        <translation>Это может руководитель</translation>
    </message>
    <message>
        <source>This is no Exchange server</source>
        <translation>Это не сервер Exchange</translation>
    </message>
    <message>
        <source>This is no address</source>
        <translation>Это не адрес</translation>
    </message>
    <message>
        <source>This is no address of a PostgreSQL database</source>
        <translation>Это не адрес базы данных PostgreSQL</translation>
    </message>
    <message>
        <source>This is no address of a shared store</source>
        <translation>Это не адрес общей базы</translation>
    </message>
    <message>
        <source>This is no copy of a desk</source>
        <translation>Это не копия базы</translation>
    </message>
    <message>
        <source>This is no date</source>
        <translation>Это не дата</translation>
    </message>
    <message>
        <source>This is no effort</source>
        <translation>Это не трудоёмкость</translation>
    </message>
    <message>
        <source>This is no exported desk</source>
        <translation>Это не выгруженная база</translation>
    </message>
    <message>
        <source>This is no invitation</source>
        <translation>Это не приглашение</translation>
    </message>
    <message>
        <source>This is no moment ahead</source>
        <translation>Это не момент впереди</translation>
    </message>
    <message>
        <source>This is no place for a shared desk</source>
        <translation>Здесь общую базу держать нельзя</translation>
    </message>
    <message>
        <source>This is no production calendar</source>
        <translation>Это не производственный календарь</translation>
    </message>
    <message>
        <source>This is no smallest piece</source>
        <translation>Такой наименьшей части не бывает</translation>
    </message>
    <message>
        <source>This is no target</source>
        <translation>Это не срок</translation>
    </message>
    <message>
        <source>This is no time</source>
        <translation>Это не время</translation>
    </message>
    <message>
        <source>This is no way there</source>
        <translation>Такой дороги не бывает</translation>
    </message>
    <message>
        <source>This is not a desk's database</source>
        <translation>Это не база deskapp</translation>
    </message>
    <message>
        <source>This is the same ticket</source>
        <translation>Это та же заявка</translation>
    </message>
    <message>
        <source>This is your own ticket</source>
        <translation>Это ваша заявка</translation>
    </message>
    <message>
        <source>This kind of mailbox is not known</source>
        <translation>Такой вид ящика неизвестен</translation>
    </message>
    <message>
        <source>This letter needs no second try</source>
        <translation>Этому письму вторая попытка не нужна</translation>
    </message>
    <message>
        <source>This link means nothing here</source>
        <translation>Такая ссылка здесь ничего не значит</translation>
    </message>
    <message>
        <source>This machine has no keyring, and the code served this run alone.</source>
        <translation>На этом компьютере нет хранилища паролей: код подействовал только на этот запуск.</translation>
    </message>
    <message>
        <source>This macro is gone</source>
        <translation>Этого макроса больше нет</translation>
    </message>
    <message>
        <source>This mailbox has a password</source>
        <translation>У этого ящика пароль</translation>
    </message>
    <message>
        <source>This mailbox is gone</source>
        <translation>Этого ящика больше нет</translation>
    </message>
    <message>
        <source>This mark is not on the scale</source>
        <translation>Такой оценки нет на шкале</translation>
    </message>
    <message>
        <source>This order is closed</source>
        <translation>Этот заказ закрыт</translation>
    </message>
    <message>
        <source>This part is not reserved any more</source>
        <translation>Эта деталь больше не в резерве</translation>
    </message>
    <message>
        <source>This profile has a desk already</source>
        <translation>В этом профиле уже есть рабочее место</translation>
    </message>
    <message>
        <source>This question is not known</source>
        <translation>Такой вопрос не известен</translation>
    </message>
    <message>
        <source>This round would delete a great deal</source>
        <translation>Этот обмен удалил бы очень много</translation>
    </message>
    <message>
        <source>This step is no longer known here.</source>
        <translation>Этот шаг здесь больше не известен.</translation>
    </message>
    <message>
        <source>This ticket is done</source>
        <translation>Работа по заявке закончена</translation>
    </message>
    <message>
        <source>This ticket was not merged</source>
        <translation>Эту заявку не объединяли</translation>
    </message>
    <message>
        <source>This value does not fit</source>
        <translation>Это значение не подходит</translation>
    </message>
    <message>
        <source>This visit has begun</source>
        <translation>Этот выезд уже начался</translation>
    </message>
    <message>
        <source>This visit is further on</source>
        <translation>Этот выезд продвинулся дальше</translation>
    </message>
    <message>
        <source>This was answered already</source>
        <translation>На это уже ответили</translation>
    </message>
    <message>
        <source>This was changed again since</source>
        <translation>Это изменили ещё раз</translation>
    </message>
    <message>
        <source>This was chosen already</source>
        <translation>Это уже выбрано</translation>
    </message>
    <message>
        <source>This was exported by a newer version</source>
        <translation>Это выгрузила более новая версия</translation>
    </message>
    <message>
        <source>This work fits its place</source>
        <translation>Эта работа помещается на своём месте</translation>
    </message>
    <message>
        <source>Time went on while the letter was written. Choose a slot anew.</source>
        <translation>Пока писалось письмо, время ушло. Выберите время снова.</translation>
    </message>
    <message>
        <source>Type what to look for first.</source>
        <translation>Сначала введите, что искать.</translation>
    </message>
    <message>
        <source>Undo the later change first, or set the value by hand.</source>
        <translation>Сначала отмените более позднее изменение или задайте значение вручную.</translation>
    </message>
    <message>
        <source>Unpacked it takes %1 MB. Nothing was imported.</source>
        <translation>В распакованном виде она займёт %1 МБ. Ничего не загружено.</translation>
    </message>
    <message>
        <source>Update to sync</source>
        <translation>Обновите программу, чтобы синхронизировать</translation>
    </message>
    <message>
        <source>What is it for?</source>
        <translation>Для чего это?</translation>
    </message>
    <message>
        <source>What is stored is safe. “deskapp doctor” says what may be wrong.</source>
        <translation>Сохранённое цело. «deskapp doctor» скажет, что может быть не так.</translation>
    </message>
    <message>
        <source>What was done stays. Plan another one.</source>
        <translation>Сделанное остаётся. Запланируйте новый.</translation>
    </message>
    <message>
        <source>What was erased is gone</source>
        <translation>Стёртого больше нет</translation>
    </message>
    <message>
        <source>What you typed is kept; say in a few words what is wrong.</source>
        <translation>Набранное сохранено. Напишите коротко, что случилось.</translation>
    </message>
    <message>
        <source>What you wrote is kept. Add an address, or tell it by phone.</source>
        <translation>Написанное сохранено. Добавьте адрес или сообщите по телефону.</translation>
    </message>
    <message>
        <source>What you wrote is kept. Attach the file again, or take it off. (%2)</source>
        <translation>Написанное сохранено. Приложите файл ещё раз или уберите его. (%2)</translation>
    </message>
    <message>
        <source>What you wrote is kept. Correct the address.</source>
        <translation>Написанное сохранено. Исправьте адрес.</translation>
    </message>
    <message>
        <source>What you wrote is kept. Give it a few words to be found by.</source>
        <translation>Написанное сохранено. Дайте ей несколько слов, по которым её найдут.</translation>
    </message>
    <message>
        <source>When does it begin?</source>
        <translation>Когда начинается?</translation>
    </message>
    <message>
        <source>When does it end?</source>
        <translation>Когда кончается?</translation>
    </message>
    <message>
        <source>When is it expected?</source>
        <translation>Когда ждать?</translation>
    </message>
    <message>
        <source>Which address is meant?</source>
        <translation>Какой адрес имеется в виду?</translation>
    </message>
    <message>
        <source>Which mailbox is meant?</source>
        <translation>Какой ящик?</translation>
    </message>
    <message>
        <source>Who accepted the work?</source>
        <translation>Кто принял работу?</translation>
    </message>
    <message>
        <source>Who agreed?</source>
        <translation>Кто согласился?</translation>
    </message>
    <message>
        <source>Who confirmed?</source>
        <translation>Кто подтвердил?</translation>
    </message>
    <message>
        <source>Who was told?</source>
        <translation>Кому сказали?</translation>
    </message>
    <message>
        <source>Whoever goes on with #%1 must know how far it is.</source>
        <translation>Тот, кто продолжит №%1, должен знать, что уже сделано.</translation>
    </message>
    <message>
        <source>Why does the date move?</source>
        <translation>Почему переносится срок?</translation>
    </message>
    <message>
        <source>Why this date?</source>
        <translation>Почему эта дата?</translation>
    </message>
    <message>
        <source>Write a handover line</source>
        <translation>Напишите, что передать</translation>
    </message>
    <message>
        <source>Write it as thu 10:00, tomorrow 15:00 or 2026-11-12 09:00.</source>
        <translation>Напишите как чт 10:00, завтра 15:00 или 2026-11-12 09:00.</translation>
    </message>
    <message>
        <source>Write it, or say whom you told by phone.</source>
        <translation>Напишите его или укажите, кому сказали по телефону.</translation>
    </message>
    <message>
        <source>Write the fix first. The draft is kept.</source>
        <translation>Сначала напишите решение. Черновик сохранён.</translation>
    </message>
    <message>
        <source>Write what the customer should know.</source>
        <translation>Напишите, что должен знать клиент.</translation>
    </message>
    <message>
        <source>Write what was done or seen.</source>
        <translation>Напишите, что сделано или замечено.</translation>
    </message>
    <message>
        <source>Write what was said.</source>
        <translation>Напишите, что сказано.</translation>
    </message>
    <message>
        <source>XML as xmlcalendar.ru gives it, or CSV with a date or a year a line, can be read. Nothing was changed.</source>
        <translation>Читаются XML, как его даёт xmlcalendar.ru, и CSV: по строке на дату или на год. Ничего не изменено.</translation>
    </message>
    <message>
        <source>deskapp could not start</source>
        <translation>deskapp не запустился</translation>
    </message>
    <message>
        <source>“%1” cannot be read</source>
        <translation>«%1» не читается</translation>
    </message>
    <message>
        <source>“%1” does not fit a ticket in the state “%2”. Nothing was changed.</source>
        <translation>«%1» не подходит заявке в состоянии «%2». Ничего не изменено.</translation>
    </message>
    <message>
        <source>“%1” has no @. The old one was kept.</source>
        <translation>В «%1» нет @. Остался прежний адрес.</translation>
    </message>
    <message>
        <source>“%1” is no country or region known here.</source>
        <translation>«%1» не страна и не регион, которые здесь известны.</translation>
    </message>
    <message>
        <source>“%1” is no kind of login: basic or ntlm.</source>
        <translation>«%1» — не вид входа: basic или ntlm.</translation>
    </message>
    <message>
        <source>“%1” is no kind of security: tls, starttls or none.</source>
        <translation>«%1» не вид защиты: tls, starttls или none.</translation>
    </message>
    <message>
        <source>“%1” is no mail address</source>
        <translation>«%1» — не адрес почты</translation>
    </message>
    <message>
        <source>“%1” was not understood. The old one was kept.</source>
        <translation>«%1» не понято. Осталось прежнее значение.</translation>
    </message>
    <message>
        <source>“%1” was not understood. What you wrote is kept.</source>
        <translation>«%1» непонятно. Написанное сохранено.</translation>
    </message>
    <message>
        <source>“%1”. Choose IMAP, Exchange or a folder.</source>
        <translation>«%1». Выберите IMAP, Exchange или папку.</translation>
    </message>
    <message>
        <source>“%1”: a name or an https address is needed.</source>
        <translation>«%1»: нужно имя или адрес https.</translation>
    </message>
</context>
<context>
    <name>EscalationPage</name>
    <message>
        <source>%1, L%2</source>
        <translation>%1, L%2</translation>
    </message>
    <message>
        <source>Give %1 along</source>
        <translation>Приложить %1</translation>
    </message>
    <message>
        <source>Hand over</source>
        <translation>Передать</translation>
    </message>
    <message>
        <source>I keep watching</source>
        <translation>Продолжаю следить</translation>
    </message>
    <message>
        <source>Line L%1</source>
        <translation>Линия L%1</translation>
    </message>
    <message>
        <source>Still missing: %1.</source>
        <translation>Ещё не хватает: %1.</translation>
    </message>
    <message>
        <source>The customer does not see this.</source>
        <translation>Клиент этого не видит.</translation>
    </message>
    <message>
        <source>There is nobody to hand it to: add lines in Settings, Team.</source>
        <translation>Передать некому: добавьте линии в Настройках, «Команда».</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Кому</translation>
    </message>
    <message>
        <source>To a line or a person</source>
        <translation>Линии или человеку</translation>
    </message>
</context>
<context>
    <name>Exchange</name>
    <message>
        <source>%1 is missing</source>
        <translation>нет значения: %1</translation>
    </message>
    <message>
        <source>%1 lies before it was received</source>
        <translation>%1: раньше поступления</translation>
    </message>
    <message>
        <source>%1: there is no ticket %2</source>
        <translation>%1: заявки %2 нет</translation>
    </message>
    <message>
        <source>%1: “%2” is neither 8×5 nor 24×7</source>
        <translation>%1: «%2» не 8×5 и не 24×7</translation>
    </message>
    <message>
        <source>%1: “%2” is neither Russian nor English</source>
        <translation>%1: «%2» не русский и не английский</translation>
    </message>
    <message>
        <source>%1: “%2” is neither yes nor no</source>
        <translation>%1: «%2» не «да» и не «нет»</translation>
    </message>
    <message>
        <source>%1: “%2” is no date</source>
        <translation>%1: «%2» не дата</translation>
    </message>
    <message>
        <source>%1: “%2” is no kind of entry</source>
        <translation>%1: «%2» не вид записи</translation>
    </message>
    <message>
        <source>%1: “%2” is no kind of stock</source>
        <translation>%1: «%2» не вид запаса</translation>
    </message>
    <message>
        <source>%1: “%2” is no mail address</source>
        <translation>%1: «%2» не почтовый адрес</translation>
    </message>
    <message>
        <source>%1: “%2” is no number</source>
        <translation>%1: «%2» не число</translation>
    </message>
    <message>
        <source>%1: “%2” is no state of a ticket</source>
        <translation>%1: «%2» не состояние заявки</translation>
    </message>
    <message>
        <source>%1: “%2” is no time spent</source>
        <translation>%1: «%2» не затраты времени</translation>
    </message>
    <message>
        <source>%1: “%2” is no urgency</source>
        <translation>%1: «%2» не срочность</translation>
    </message>
    <message>
        <source>%1: “%2” was not understood</source>
        <translation>%1: «%2» не понято</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Адрес</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>Ответ дан</translation>
    </message>
    <message>
        <source>Articles</source>
        <translation>Статьи</translation>
    </message>
    <message>
        <source>Cause</source>
        <translation>Причина</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>Код</translation>
    </message>
    <message>
        <source>Contract hours</source>
        <translation>Часы договора</translation>
    </message>
    <message>
        <source>Contract number</source>
        <translation>Номер договора</translation>
    </message>
    <message>
        <source>Contract since</source>
        <translation>Договор с</translation>
    </message>
    <message>
        <source>Contract until</source>
        <translation>Договор по</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>Клиент</translation>
    </message>
    <message>
        <source>Customers</source>
        <translation>Клиенты</translation>
    </message>
    <message>
        <source>Days of delivery</source>
        <translation>Дней поставки</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Описание</translation>
    </message>
    <message>
        <source>Estimate</source>
        <translation>Оценка</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>Решена</translation>
    </message>
    <message>
        <source>Fix</source>
        <translation>Решение</translation>
    </message>
    <message>
        <source>History of tickets</source>
        <translation>История заявок</translation>
    </message>
    <message>
        <source>How to prevent</source>
        <translation>Как предупредить</translation>
    </message>
    <message>
        <source>In stock</source>
        <translation>В наличии</translation>
    </message>
    <message>
        <source>Internal part</source>
        <translation>Внутренняя часть</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Вид</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Язык</translation>
    </message>
    <message>
        <source>Mail</source>
        <translation>Почта</translation>
    </message>
    <message>
        <source>Mail domain</source>
        <translation>Почтовый домен</translation>
    </message>
    <message>
        <source>May agree to closing</source>
        <translation>Может согласовать закрытие</translation>
    </message>
    <message>
        <source>Minimum</source>
        <translation>Минимум</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Название</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Заметка</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Номер</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Люди</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>Телефон</translation>
    </message>
    <message>
        <source>Post</source>
        <translation>Должность</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>Продукт</translation>
    </message>
    <message>
        <source>Promised</source>
        <translation>Обещано</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>Поступила</translation>
    </message>
    <message>
        <source>Requester</source>
        <translation>Заявитель</translation>
    </message>
    <message>
        <source>Solution</source>
        <translation>Решение</translation>
    </message>
    <message>
        <source>Spare parts</source>
        <translation>Запчасти</translation>
    </message>
    <message>
        <source>Specialist</source>
        <translation>Исполнитель</translation>
    </message>
    <message>
        <source>Spent</source>
        <translation>Затрачено</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Состояние</translation>
    </message>
    <message>
        <source>Stock</source>
        <translation>Запас</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>Тема</translation>
    </message>
    <message>
        <source>Symptoms</source>
        <translation>Признаки</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Текст</translation>
    </message>
    <message>
        <source>Ticket number</source>
        <translation>Номер заявки</translation>
    </message>
    <message>
        <source>Tickets</source>
        <translation>Заявки</translation>
    </message>
    <message>
        <source>Time zone</source>
        <translation>Часовой пояс</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Заголовок</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>Единица</translation>
    </message>
    <message>
        <source>Urgency</source>
        <translation>Срочность</translation>
    </message>
    <message>
        <source>VIP</source>
        <translation>VIP</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Версия</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Когда</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Кто</translation>
    </message>
</context>
<context>
    <name>ExchangePage</name>
    <message>
        <source>%1 (needed)</source>
        <translation>%1 (нужно)</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 из %2</translation>
    </message>
    <message numerus="yes">
        <source>%n could not be read and wait in quarantine</source>
        <translation>
            <numerusform>%n не прочитано и ждёт в карантине</numerusform>
            <numerusform>%n не прочитаны и ждут в карантине</numerusform>
            <numerusform>%n не прочитаны и ждут в карантине</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n got a new number, theirs was taken</source>
        <translation>
            <numerusform>%n получила новый номер: её номер занят</numerusform>
            <numerusform>%n получили новые номера: их номера заняты</numerusform>
            <numerusform>%n получили новые номера: их номера заняты</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n known already</source>
        <translation>
            <numerusform>%n уже была</numerusform>
            <numerusform>%n уже были</numerusform>
            <numerusform>%n уже были</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n left out</source>
        <translation>
            <numerusform>%n не вошла</numerusform>
            <numerusform>%n не вошли</numerusform>
            <numerusform>%n не вошли</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n letter(s) joined</source>
        <translation>
            <numerusform>%n письмо добавлено к заявкам</numerusform>
            <numerusform>%n письма добавлены к заявкам</numerusform>
            <numerusform>%n писем добавлено к заявкам</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them would be left out</source>
        <translation>
            <numerusform>из них %n не войдёт</numerusform>
            <numerusform>из них %n не войдут</numerusform>
            <numerusform>из них %n не войдут</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) imported</source>
        <translation>
            <numerusform>Загружена %n строка</numerusform>
            <numerusform>Загружено %n строки</numerusform>
            <numerusform>Загружено %n строк</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) in the file</source>
        <translation>
            <numerusform>В файле %n строка</numerusform>
            <numerusform>В файле %n строки</numerusform>
            <numerusform>В файле %n строк</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s) imported</source>
        <translation>
            <numerusform>Загружена %n заявка</numerusform>
            <numerusform>Загружено %n заявки</numerusform>
            <numerusform>Загружено %n заявок</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s) made</source>
        <translation>
            <numerusform>Создана %n заявка</numerusform>
            <numerusform>Создано %n заявки</numerusform>
            <numerusform>Создано %n заявок</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s) with all that belongs to them are in %1.</source>
        <translation>
            <numerusform>%n заявка со всем, что к ней относится, лежит в %1.</numerusform>
            <numerusform>%n заявки со всем, что к ним относится, лежат в %1.</numerusform>
            <numerusform>%n заявок со всем, что к ним относится, лежат в %1.</numerusform>
        </translation>
    </message>
    <message>
        <source>All tables as CSV, all letters as .eml and all files, in one zip that any program opens. A new desk can be filled with it, and nothing is lost on the way.</source>
        <translation>Все таблицы в CSV, все письма в .eml и все файлы в одном архиве, который откроет любая программа. Им можно наполнить новую базу, ничего не теряя.</translation>
    </message>
    <message>
        <source>An mbox, a folder of .eml files or a zip of them becomes tickets. Nobody is answered.</source>
        <translation>Файл mbox, папка с .eml или их архив станут заявками. Никому ничего не отправится.</translation>
    </message>
    <message>
        <source>Archives (*.zip)</source>
        <translation>Архивы (*.zip)</translation>
    </message>
    <message>
        <source>CSV or a spreadsheet with a row of heads: customers, people, articles, spare parts, tickets, history. What is here already is found again and not doubled.</source>
        <translation>CSV или электронная таблица со строкой заголовков: клиенты, люди, статьи, запчасти, заявки, история. Что уже есть, будет узнано и не удвоится.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <source>Cancelled, nothing was changed.</source>
        <translation>Отменено, ничего не изменилось.</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>Выбрать файл…</translation>
    </message>
    <message>
        <source>Column of the file</source>
        <translation>Столбец файла</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Столбцы</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Поле</translation>
    </message>
    <message>
        <source>Fill this desk</source>
        <translation>Наполнить эту базу</translation>
    </message>
    <message>
        <source>Fill this desk…</source>
        <translation>Наполнить эту базу…</translation>
    </message>
    <message>
        <source>First rows</source>
        <translation>Первые строки</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Загрузить</translation>
    </message>
    <message numerus="yes">
        <source>Import %n row(s)</source>
        <translation>
            <numerusform>Загрузить %n строку</numerusform>
            <numerusform>Загрузить %n строки</numerusform>
            <numerusform>Загрузить %n строк</numerusform>
        </translation>
    </message>
    <message>
        <source>Importing</source>
        <translation>Загружаем</translation>
    </message>
    <message>
        <source>Its first value</source>
        <translation>Первое значение</translation>
    </message>
    <message>
        <source>Letters (*.mbox *.eml *.zip *)</source>
        <translation>Письма (*.mbox *.eml *.zip *)</translation>
    </message>
    <message>
        <source>Letters of before</source>
        <translation>Прежние письма</translation>
    </message>
    <message>
        <source>Looking at the file</source>
        <translation>Смотрим файл</translation>
    </message>
    <message>
        <source>Not this file</source>
        <translation>Не этот файл</translation>
    </message>
    <message>
        <source>One step of undo takes it back.</source>
        <translation>Отменяется одним шагом.</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Ход</translation>
    </message>
    <message>
        <source>Read a table</source>
        <translation>Загрузить таблицу</translation>
    </message>
    <message>
        <source>Read letters</source>
        <translation>Прочитать письма</translation>
    </message>
    <message>
        <source>Read letters…</source>
        <translation>Прочитать письма…</translation>
    </message>
    <message>
        <source>Reading letters</source>
        <translation>Читаем письма</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>Строка</translation>
    </message>
    <message>
        <source>Say which column holds: %1.</source>
        <translation>Укажите, в каком столбце: %1.</translation>
    </message>
    <message>
        <source>Sheet</source>
        <translation>Лист</translation>
    </message>
    <message>
        <source>Tables (*.csv *.txt *.tsv *.xlsx *.xlsm *.xls *.ods)</source>
        <translation>Таблицы (*.csv *.txt *.tsv *.xlsx *.xlsm *.xls *.ods)</translation>
    </message>
    <message>
        <source>The rows are</source>
        <translation>В строках</translation>
    </message>
    <message>
        <source>The whole desk</source>
        <translation>Вся база</translation>
    </message>
    <message>
        <source>Too large for one step of undo: a backup of the desk is made first.</source>
        <translation>Слишком много для одного шага отмены: сначала будет сделана копия базы.</translation>
    </message>
    <message>
        <source>What is wrong</source>
        <translation>Что не так</translation>
    </message>
    <message>
        <source>Write the whole desk</source>
        <translation>Выгрузить всю базу</translation>
    </message>
    <message>
        <source>Write the whole desk…</source>
        <translation>Выгрузить всю базу…</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>Выгружаем</translation>
    </message>
    <message>
        <source>backup: %1</source>
        <translation>копия: %1</translation>
    </message>
    <message>
        <source>column %1</source>
        <translation>столбец %1</translation>
    </message>
    <message>
        <source>not in the file</source>
        <translation>нет в файле</translation>
    </message>
    <message>
        <source>stopped; the rest of the file can be read in again</source>
        <translation>остановлено; остальное можно загрузить из того же файла</translation>
    </message>
</context>
<context>
    <name>Filters</name>
    <message>
        <source>%1: %2</source>
        <comment>operator, value</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>After</source>
        <translation>После</translation>
    </message>
    <message>
        <source>Cause</source>
        <translation>Причина</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>Клиент</translation>
    </message>
    <message>
        <source>From</source>
        <translation>От</translation>
    </message>
    <message>
        <source>Has</source>
        <translation>Есть</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>Линия</translation>
    </message>
    <message>
        <source>Mentions</source>
        <translation>Упоминания</translation>
    </message>
    <message>
        <source>Specialist</source>
        <translation>Исполнитель</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Статус</translation>
    </message>
    <message>
        <source>Take the filter off</source>
        <translation>Снять фильтр</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>До</translation>
    </message>
    <message>
        <source>Urgency</source>
        <translation>Срочность</translation>
    </message>
</context>
<context>
    <name>FinishPage</name>
    <message>
        <source>%1 is no effort. Write 2h30, 2:30, 150 or 2.5h.</source>
        <translation>%1 не похоже на трудоёмкость. Напишите 2ч30, 2:30, 150 или 2,5ч.</translation>
    </message>
    <message>
        <source>A draft for the knowledge base, with these words</source>
        <translation>Черновик для базы знаний с этими словами</translation>
    </message>
    <message>
        <source>Actual effort</source>
        <translation>Ушло времени</translation>
    </message>
    <message>
        <source>By letter</source>
        <translation>Письмом</translation>
    </message>
    <message>
        <source>By phone</source>
        <translation>По телефону</translation>
    </message>
    <message>
        <source>Give the name of the person you spoke to.</source>
        <translation>Назовите, с кем говорили.</translation>
    </message>
    <message>
        <source>How the customer is told</source>
        <translation>Как сообщить клиенту</translation>
    </message>
    <message>
        <source>How to prevent it</source>
        <translation>Как предупредить</translation>
    </message>
    <message>
        <source>Make an article</source>
        <translation>Сделать статью</translation>
    </message>
    <message>
        <source>Record and wait for consent</source>
        <translation>Записать и ждать согласия</translation>
    </message>
    <message>
        <source>Say what was fixed: the customer will read it</source>
        <translation>Напишите, что исправлено: клиент это прочтёт</translation>
    </message>
    <message>
        <source>Send and wait for consent</source>
        <translation>Отправить и ждать согласия</translation>
    </message>
    <message>
        <source>Told</source>
        <translation>Сообщить</translation>
    </message>
    <message>
        <source>What was fixed and how</source>
        <translation>Что и как исправлено</translation>
    </message>
    <message>
        <source>Who was told</source>
        <translation>Кому сказали</translation>
    </message>
</context>
<context>
    <name>FirstLettersDialog</name>
    <message numerus="yes">
        <source>%n answer(s) in them</source>
        <translation>
            <numerusform>%n ответ в них</numerusform>
            <numerusform>%n ответа в них</numerusform>
            <numerusform>%n ответов в них</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n automatic one(s) without a ticket</source>
        <translation>
            <numerusform>%n автоматическое без заявки</numerusform>
            <numerusform>%n автоматических без заявки</numerusform>
            <numerusform>%n автоматических без заявки</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n here already</source>
        <translation>
            <numerusform>%n уже здесь</numerusform>
            <numerusform>%n уже здесь</numerusform>
            <numerusform>%n уже здесь</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n letter(s) lie there, the oldest of %1.</source>
        <translation>
            <numerusform>В ящике %n письмо, самое старое от %1.</numerusform>
            <numerusform>В ящике %n письма, самое старое от %1.</numerusform>
            <numerusform>В ящике %n писем, самое старое от %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new ticket(s)</source>
        <translation>
            <numerusform>%n новая заявка</numerusform>
            <numerusform>%n новые заявки</numerusform>
            <numerusform>%n новых заявок</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n that cannot be read</source>
        <translation>
            <numerusform>%n не читается</numerusform>
            <numerusform>%n не читаются</numerusform>
            <numerusform>%n не читаются</numerusform>
        </translation>
    </message>
    <message>
        <source>01.10.2026</source>
        <translation>01.10.2026</translation>
    </message>
    <message>
        <source>All letters</source>
        <translation>Все письма</translation>
    </message>
    <message>
        <source>Begin with these</source>
        <translation>Начать с этих</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <source>From a date</source>
        <translation>С даты</translation>
    </message>
    <message>
        <source>From this date on</source>
        <translation>Начиная с даты</translation>
    </message>
    <message>
        <source>Give a date: 01.10.2026.</source>
        <translation>Укажите дату: 01.10.2026.</translation>
    </message>
    <message>
        <source>Looking into the mailbox…</source>
        <translation>Смотрим в ящик…</translation>
    </message>
    <message>
        <source>Nobody is answered: these letters came before the mailbox was added. Older ones stay there unread.</source>
        <translation>Никому не отвечаем: эти письма пришли раньше, чем добавлен ящик. Более старые останутся в нём как есть.</translation>
    </message>
    <message>
        <source>Of the last 30 days</source>
        <translation>За последние 30 дней</translation>
    </message>
    <message>
        <source>Of the last 7 days</source>
        <translation>За последние 7 дней</translation>
    </message>
    <message numerus="yes">
        <source>Of the newest %n letter(s), read for this:</source>
        <translation>
            <numerusform>Из %n самого нового письма, прочитанного для этого:</numerusform>
            <numerusform>Из %n самых новых писем, прочитанных для этого:</numerusform>
            <numerusform>Из %n самых новых писем, прочитанных для этого:</numerusform>
        </translation>
    </message>
    <message>
        <source>Only what comes from now on</source>
        <translation>Только новые, с этой минуты</translation>
    </message>
    <message>
        <source>Read in</source>
        <translation>Принять</translation>
    </message>
    <message>
        <source>The mailbox cannot be looked into.</source>
        <translation>В ящик не удалось заглянуть.</translation>
    </message>
    <message>
        <source>The mailbox is empty: there is nothing to read in.</source>
        <translation>Ящик пуст: принимать нечего.</translation>
    </message>
    <message>
        <source>The newest letters</source>
        <translation>Самые новые письма</translation>
    </message>
    <message>
        <source>What lies in %1</source>
        <translation>Что лежит в %1</translation>
    </message>
    <message>
        <source>answer</source>
        <translation>ответ</translation>
    </message>
    <message>
        <source>automatic, no ticket</source>
        <translation>автоматическое, без заявки</translation>
    </message>
    <message>
        <source>cannot be read</source>
        <translation>не читается</translation>
    </message>
    <message>
        <source>here already</source>
        <translation>уже здесь</translation>
    </message>
    <message>
        <source>new ticket</source>
        <translation>новая заявка</translation>
    </message>
</context>
<context>
    <name>FirstRun</name>
    <message>
        <source>A colleague pastes it at this step and is in within two minutes.</source>
        <translation>Коллега вставит её на этом шаге и за две минуты войдёт.</translation>
    </message>
    <message>
        <source>A folder of the network or a PostgreSQL server. It is tried before data goes there.</source>
        <translation>Сетевая папка или сервер PostgreSQL. Сначала проверка, потом данные.</translation>
    </message>
    <message>
        <source>A letter or a call comes in</source>
        <translation>Приходит письмо или звонок</translation>
    </message>
    <message>
        <source>A line from a colleague</source>
        <translation>Строка от коллеги</translation>
    </message>
    <message>
        <source>A promise is a date that the calendar can keep: say how long the work takes, take one of three free slots, and the letter is ready. Try it with a letter.</source>
        <translation>Обещание: это срок, который выдержит календарь. Укажите трудоёмкость, выберите один из трёх сроков, и письмо готово. Попробуйте на заявке.</translation>
    </message>
    <message>
        <source>A second window with a made-up desk opens; this one stays empty.</source>
        <translation>Откроется второе окно с вымышленной службой, это останется пустым.</translation>
    </message>
    <message>
        <source>A whole copy on this computer</source>
        <translation>Полная копия на этом компьютере</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Как в системе</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Назад</translation>
    </message>
    <message>
        <source>Changes go to and fro by themselves</source>
        <translation>Изменения расходятся сами</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>Закрыта</translation>
    </message>
    <message>
        <source>Colleagues can come later</source>
        <translation>Коллеги могут прийти позже</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Тёмная</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Готово</translation>
    </message>
    <message>
        <source>Done. Settings, Me, take it back.</source>
        <translation>Готово. Отменить можно в Настройках, «Я».</translation>
    </message>
    <message>
        <source>Everything opens and can be written without a network; copies are kept by age.</source>
        <translation>Всё открывается и пишется без сети, запасные копии хранятся по возрасту.</translation>
    </message>
    <message>
        <source>First steps</source>
        <translation>Первые шаги</translation>
    </message>
    <message numerus="yes">
        <source>Four weeks: %1 of work, %n day(s) off.</source>
        <translation>
            <numerusform>Четыре недели: работы %1, выходных: %n день.</numerusform>
            <numerusform>Четыре недели: работы %1, выходных: %n дня.</numerusform>
            <numerusform>Четыре недели: работы %1, выходных: %n дней.</numerusform>
        </translation>
    </message>
    <message>
        <source>Free time, lunch, holidays and skills are counted; W shows how.</source>
        <translation>Учтены занятость, обед, праздники и навыки; W покажет расчёт.</translation>
    </message>
    <message>
        <source>How a date comes about</source>
        <translation>Как появляется срок</translation>
    </message>
    <message>
        <source>How a request goes</source>
        <translation>Как идёт заявка</translation>
    </message>
    <message>
        <source>I am</source>
        <translation>Я</translation>
    </message>
    <message>
        <source>I was invited</source>
        <translation>Меня пригласили</translation>
    </message>
    <message>
        <source>If the date would slip, you see it first and write before it does.</source>
        <translation>Если срок под угрозой, вы узнаёте первыми и пишете заранее.</translation>
    </message>
    <message>
        <source>In progress</source>
        <translation>В работе</translation>
    </message>
    <message>
        <source>It becomes a ticket with a number, and the sender is told the number.</source>
        <translation>Появляется заявка с номером, и отправитель этот номер узнаёт.</translation>
    </message>
    <message>
        <source>It has no address: nobody gets a letter. Set it aside afterwards with Z.</source>
        <translation>Адреса в ней нет, письмо никому не уйдёт. Потом уберите её клавишей Z.</translation>
    </message>
    <message>
        <source>It is written already. For 15 seconds Ctrl+Z takes letter and plan back.</source>
        <translation>Оно уже написано. 15 секунд Ctrl+Z отменяет и письмо, и место в плане.</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Язык</translation>
    </message>
    <message>
        <source>Language and look</source>
        <translation>Язык и вид</translation>
    </message>
    <message>
        <source>Letters to this address become tickets. Old letters are read in and never answered; without a mailbox tickets are taken down by hand or by phone.</source>
        <translation>Письма на этот адрес станут заявками. На старые письма ответ не уйдёт. Без ящика заявки заводят вручную или по звонку.</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Светлая</translation>
    </message>
    <message>
        <source>Mail</source>
        <translation>Почта</translation>
    </message>
    <message>
        <source>Menu and links</source>
        <translation>Меню и ссылки</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Новая</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Дальше</translation>
    </message>
    <message>
        <source>Nobody else has it</source>
        <translation>Больше ни у кого их нет</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Не сейчас</translation>
    </message>
    <message>
        <source>One line invites</source>
        <translation>Приглашает одна строка</translation>
    </message>
    <message>
        <source>One place that all can reach</source>
        <translation>Место, доступное всем</translation>
    </message>
    <message>
        <source>Only looking around?</source>
        <translation>Хотите просто посмотреть?</translation>
    </message>
    <message>
        <source>Open %1</source>
        <translation>Открыть %1</translation>
    </message>
    <message>
        <source>Promised</source>
        <translation>Срок назван</translation>
    </message>
    <message>
        <source>Register with the system</source>
        <translation>Зарегистрировать в системе</translation>
    </message>
    <message>
        <source>Requests come as letters or calls, and each gets a date that is kept. Every step can be skipped.</source>
        <translation>Заявки приходят письмами и звонками, каждая получает срок, который соблюдают. Любой шаг можно пропустить.</translation>
    </message>
    <message>
        <source>Say how long the work takes</source>
        <translation>Укажите трудоёмкость</translation>
    </message>
    <message>
        <source>Send the letter</source>
        <translation>Отправьте письмо</translation>
    </message>
    <message>
        <source>Settings, Sharing and data store shows it to whoever takes part already.</source>
        <translation>Её показывает страница настроек «Общая база и данные» у того, кто уже в ней.</translation>
    </message>
    <message>
        <source>Share with colleagues</source>
        <translation>Сделать общей</translation>
    </message>
    <message>
        <source>Skip this step</source>
        <translation>Пропустить шаг</translation>
    </message>
    <message>
        <source>Step %1 of %2</source>
        <translation>Шаг %1 из %2</translation>
    </message>
    <message>
        <source>Take a sample request</source>
        <translation>Взять заявку-пример</translation>
    </message>
    <message>
        <source>Take one of three dates</source>
        <translation>Выберите один из трёх сроков</translation>
    </message>
    <message>
        <source>The assistant comes back at the next start, at this step</source>
        <translation>При следующем запуске помощник откроется на этом же шаге</translation>
    </message>
    <message>
        <source>The calendar offers who can do it and when. Or the customer is told why not.</source>
        <translation>Календарь подсказывает, кто и когда сможет. Или клиент узнаёт, почему нет.</translation>
    </message>
    <message>
        <source>The customer agrees</source>
        <translation>Клиент согласен</translation>
    </message>
    <message>
        <source>The data is on this computer, always, and works without a network. If several people work here, they share one store beside it. This can be done later, in Settings.</source>
        <translation>Данные всегда на этом компьютере и работают без сети. Если людей несколько, рядом заводят общую базу. Это можно сделать и позже, в настройках.</translation>
    </message>
    <message>
        <source>The desk is shared with everything that is in it by then.</source>
        <translation>База станет общей со всем, что в ней к тому времени есть.</translation>
    </message>
    <message>
        <source>The first promise</source>
        <translation>Первое обещание</translation>
    </message>
    <message>
        <source>The folder can be read by you alone, passwords are in the system's keyring.</source>
        <translation>Папку читаете только вы, пароли лежат в связке ключей системы.</translation>
    </message>
    <message>
        <source>The next four weeks</source>
        <translation>Ближайшие четыре недели</translation>
    </message>
    <message>
        <source>The ticket stays open until then, and nothing is forgotten.</source>
        <translation>До этого заявка открыта, и ничего не забудется.</translation>
    </message>
    <message>
        <source>The work has its place in the plan</source>
        <translation>У работы есть место в плане</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Тема</translation>
    </message>
    <message>
        <source>This computer alone</source>
        <translation>Только этот компьютер</translation>
    </message>
    <message>
        <source>Try with sample data</source>
        <translation>Открыть пример</translation>
    </message>
    <message>
        <source>Two who changed the same field choose; nothing is lost without a question.</source>
        <translation>Если двое изменили одно поле, спросим; без вопроса ничего не пропадёт.</translation>
    </message>
    <message>
        <source>What similar tickets took is shown beside it.</source>
        <translation>Рядом видно, сколько заняли похожие заявки.</translation>
    </message>
    <message>
        <source>Where the data is</source>
        <translation>Где лежат данные</translation>
    </message>
    <message>
        <source>Who you are, and who works with you</source>
        <translation>Кто вы и кто работает с вами</translation>
    </message>
    <message>
        <source>Within two working hours there is a date</source>
        <translation>За два рабочих часа назван срок</translation>
    </message>
    <message>
        <source>Working calendar</source>
        <translation>Рабочий календарь</translation>
    </message>
    <message>
        <source>Your queue, your plan and your signature follow from it.</source>
        <translation>От этого зависят ваша очередь, план и подпись.</translation>
    </message>
    <message>
        <source>choose yourself</source>
        <translation>выберите себя</translation>
    </message>
</context>
<context>
    <name>GuideWindow</name>
    <message>
        <source>Chapters</source>
        <translation>Главы</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>The guide is missing here. Install the application again.</source>
        <translation>Руководства здесь нет. Установите приложение заново.</translation>
    </message>
    <message>
        <source>User guide</source>
        <translation>Руководство</translation>
    </message>
</context>
<context>
    <name>History</name>
    <message>
        <source>After</source>
        <translation>Стало</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Было</translation>
    </message>
    <message>
        <source>Erased for ever</source>
        <translation>Стёрто навсегда</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Файл</translation>
    </message>
    <message>
        <source>Find in the list</source>
        <translation>Найти в списке</translation>
    </message>
    <message>
        <source>Follower</source>
        <translation>Наблюдатель</translation>
    </message>
    <message>
        <source>Hand-over</source>
        <translation>Эскалация</translation>
    </message>
    <message>
        <source>Letter</source>
        <translation>Письмо</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>План</translation>
    </message>
    <message>
        <source>Promise</source>
        <translation>Обещание</translation>
    </message>
    <message>
        <source>Protocol</source>
        <translation>Протокол</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>Оценка</translation>
    </message>
    <message>
        <source>Reminder</source>
        <translation>Напоминание</translation>
    </message>
    <message>
        <source>Sending</source>
        <translation>Отправка</translation>
    </message>
    <message>
        <source>Spare part</source>
        <translation>Запчасть</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Время</translation>
    </message>
    <message>
        <source>Visit</source>
        <translation>Выезд</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Что</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Когда</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Кто</translation>
    </message>
    <message>
        <source>asked on</source>
        <translation>когда спросили</translation>
    </message>
    <message>
        <source>begun</source>
        <translation>начато</translation>
    </message>
    <message>
        <source>by itself</source>
        <translation>само</translation>
    </message>
    <message>
        <source>kind of work</source>
        <translation>вид работы</translation>
    </message>
    <message>
        <source>taken away</source>
        <translation>убрано</translation>
    </message>
    <message>
        <source>what of it</source>
        <translation>что именно</translation>
    </message>
    <message>
        <source>why</source>
        <translation>почему</translation>
    </message>
</context>
<context>
    <name>HistoryTab</name>
    <message>
        <source>History</source>
        <translation>История</translation>
    </message>
    <message>
        <source>Nothing was changed here yet.</source>
        <translation>Здесь пока ничего не меняли.</translation>
    </message>
    <message>
        <source>Of what</source>
        <translation>Что</translation>
    </message>
    <message>
        <source>What changed</source>
        <translation>Что изменилось</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Когда</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Кто</translation>
    </message>
    <message>
        <source>the desk</source>
        <translation>служба</translation>
    </message>
</context>
<context>
    <name>Knowledge</name>
    <message>
        <source>%1 (in force now)</source>
        <translation>%1 (действует сейчас)</translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s)</source>
        <translation>
            <numerusform>%n заявка</numerusform>
            <numerusform>%n заявки</numerusform>
            <numerusform>%n заявок</numerusform>
        </translation>
    </message>
    <message>
        <source>About the article</source>
        <translation>О статье</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Все</translation>
    </message>
    <message>
        <source>Articles</source>
        <translation>Статьи</translation>
    </message>
    <message>
        <source>Cause</source>
        <translation>Причина</translation>
    </message>
    <message>
        <source>Cause of the fault</source>
        <translation>Причина неисправности</translation>
    </message>
    <message>
        <source>Cause of the tickets</source>
        <translation>Причина заявок</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Проверить</translation>
    </message>
    <message>
        <source>Check by</source>
        <translation>Проверить до</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Сравнить</translation>
    </message>
    <message>
        <source>Decide later</source>
        <translation>Решить позже</translation>
    </message>
    <message>
        <source>Draft</source>
        <translation>Черновик</translation>
    </message>
    <message>
        <source>Drafts</source>
        <translation>Черновики</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Изменить</translation>
    </message>
    <message>
        <source>Find in the knowledge base</source>
        <translation>Найти в базе знаний</translation>
    </message>
    <message>
        <source>Fix</source>
        <translation>Решение</translation>
    </message>
    <message>
        <source>For the desk only</source>
        <translation>Только для службы</translation>
    </message>
    <message>
        <source>History</source>
        <translation>История</translation>
    </message>
    <message>
        <source>How to prevent it</source>
        <translation>Как предупредить</translation>
    </message>
    <message>
        <source>KB-%1</source>
        <translation>БЗ-%1</translation>
    </message>
    <message>
        <source>Keep this version</source>
        <translation>Оставить эту версию</translation>
    </message>
    <message>
        <source>Knowledge</source>
        <translation>База знаний</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Язык</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>Выйти</translation>
    </message>
    <message>
        <source>Lines that only one of them has are marked. The other one stays in the history.</source>
        <translation>Отмечены строки, которых нет в другой версии. Невыбранная останется в истории.</translation>
    </message>
    <message>
        <source>Mine</source>
        <translation>Мои</translation>
    </message>
    <message>
        <source>New article</source>
        <translation>Новая статья</translation>
    </message>
    <message>
        <source>No articles yet. The first comes from a solved ticket (B).</source>
        <translation>Пока нет статей. Первая появится из решённой заявки (B).</translation>
    </message>
    <message>
        <source>Nothing here.</source>
        <translation>Здесь пусто.</translation>
    </message>
    <message>
        <source>Nothing is written yet.</source>
        <translation>Пока ничего не написано.</translation>
    </message>
    <message>
        <source>Nothing matches.</source>
        <translation>Ничего не найдено.</translation>
    </message>
    <message>
        <source>Old</source>
        <translation>Старые</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>Владелец</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>Продукт</translation>
    </message>
    <message>
        <source>Publish</source>
        <translation>Опубликовать</translation>
    </message>
    <message>
        <source>Published</source>
        <translation>Опубликована</translation>
    </message>
    <message>
        <source>Retire</source>
        <translation>В архив</translation>
    </message>
    <message>
        <source>Retired</source>
        <translation>В архиве</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Сохранить</translation>
    </message>
    <message>
        <source>Similar</source>
        <translation>Похожее</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Состояние</translation>
    </message>
    <message>
        <source>Still true, checked</source>
        <translation>Всё верно, проверено</translation>
    </message>
    <message>
        <source>Symptoms</source>
        <translation>Признаки</translation>
    </message>
    <message>
        <source>Text of the article</source>
        <translation>Текст статьи</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Заголовок</translation>
    </message>
    <message>
        <source>Two versions</source>
        <translation>Две версии</translation>
    </message>
    <message>
        <source>Two versions of %1</source>
        <translation>Две версии %1</translation>
    </message>
    <message>
        <source>Two versions: %1 and %2. The second is in force until somebody chooses.</source>
        <translation>Две версии: %1 и %2. Пока не выбрано, действует вторая.</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>Использование</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Версия</translation>
    </message>
    <message>
        <source>What you typed before is here; it is not saved yet.</source>
        <translation>Здесь то, что вы набрали раньше; это ещё не сохранено.</translation>
    </message>
    <message>
        <source>Which articles</source>
        <translation>Какие статьи</translation>
    </message>
    <message>
        <source>any</source>
        <translation>любая</translation>
    </message>
    <message>
        <source>cause</source>
        <translation>причина</translation>
    </message>
    <message>
        <source>checked</source>
        <translation>проверка</translation>
    </message>
    <message>
        <source>checked %1</source>
        <translation>проверена %1</translation>
    </message>
    <message>
        <source>fix</source>
        <translation>решение</translation>
    </message>
    <message>
        <source>internal part</source>
        <translation>внутренняя часть</translation>
    </message>
    <message>
        <source>last: %1, %2</source>
        <translation>последняя: %1, %2</translation>
    </message>
    <message>
        <source>made</source>
        <translation>создана</translation>
    </message>
    <message>
        <source>made from %1</source>
        <translation>сделана из %1</translation>
    </message>
    <message>
        <source>next check %1</source>
        <translation>следующая проверка %1</translation>
    </message>
    <message>
        <source>not used yet</source>
        <translation>ещё не пригодилась</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>ничего</translation>
    </message>
    <message>
        <source>number after sync</source>
        <translation>номер после связи</translation>
    </message>
    <message>
        <source>owner</source>
        <translation>владелец</translation>
    </message>
    <message>
        <source>owner: %1</source>
        <translation>владелец: %1</translation>
    </message>
    <message>
        <source>particulars</source>
        <translation>сведения</translation>
    </message>
    <message>
        <source>prevention</source>
        <translation>предупреждение</translation>
    </message>
    <message>
        <source>saved %1</source>
        <translation>сэкономила %1</translation>
    </message>
    <message>
        <source>somebody’s</source>
        <translation>чья-то</translation>
    </message>
    <message>
        <source>state</source>
        <translation>состояние</translation>
    </message>
    <message>
        <source>symptoms</source>
        <translation>признаки</translation>
    </message>
    <message>
        <source>title</source>
        <translation>заголовок</translation>
    </message>
    <message numerus="yes">
        <source>used in %n ticket(s)</source>
        <translation>
            <numerusform>помогла в %n заявке</numerusform>
            <numerusform>помогла в %n заявках</numerusform>
            <numerusform>помогла в %n заявках</numerusform>
        </translation>
    </message>
    <message>
        <source>yours</source>
        <translation>ваша</translation>
    </message>
</context>
<context>
    <name>LetterBox</name>
    <message>
        <source>%1 is no e-mail address.</source>
        <translation>%1 не похоже на адрес почты.</translation>
    </message>
    <message>
        <source>Add a copy to</source>
        <translation>Добавить копию</translation>
    </message>
    <message>
        <source>Attach files</source>
        <translation>Приложить файлы</translation>
    </message>
    <message>
        <source>Cc</source>
        <translation>Копия</translation>
    </message>
    <message>
        <source>Cc:</source>
        <translation>Копия:</translation>
    </message>
    <message>
        <source>Copy to</source>
        <translation>Копия кому</translation>
    </message>
    <message>
        <source>Say to whom the letter goes.</source>
        <translation>Укажите, кому письмо.</translation>
    </message>
    <message>
        <source>Template %1</source>
        <translation>Шаблон %1</translation>
    </message>
    <message>
        <source>Text of the letter</source>
        <translation>Текст письма</translation>
    </message>
    <message>
        <source>The letter has no text yet.</source>
        <translation>В письме ещё нет текста.</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Кому</translation>
    </message>
    <message>
        <source>To:</source>
        <translation>Кому:</translation>
    </message>
</context>
<context>
    <name>LetterPage</name>
    <message>
        <source>%1 cannot be read.</source>
        <translation>%1 не читается.</translation>
    </message>
</context>
<context>
    <name>LettersPage</name>
    <message>
        <source>(own)</source>
        <translation>(своё)</translation>
    </message>
    <message>
        <source>Back to the built-in text</source>
        <translation>Вернуть встроенный текст</translation>
    </message>
    <message>
        <source>Kinds of letters</source>
        <translation>Виды писем</translation>
    </message>
    <message>
        <source>Language of the letter</source>
        <translation>Язык письма</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>Просмотр</translation>
    </message>
    <message>
        <source>Preview, with a ticket made up for it</source>
        <translation>Просмотр на вымышленной заявке</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>Тема</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Текст</translation>
    </message>
    <message>
        <source>What it may say:</source>
        <translation>Что можно вставить:</translation>
    </message>
</context>
<context>
    <name>LettersTab</name>
    <message>
        <source>As all others get it</source>
        <translation>Как всем</translation>
    </message>
    <message>
        <source>As all others get it; type to write their own.</source>
        <translation>Как всем; измените текст, чтобы у клиента был свой.</translation>
    </message>
    <message>
        <source>English</source>
        <translation>Английский</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Язык</translation>
    </message>
    <message>
        <source>Letter</source>
        <translation>Письмо</translation>
    </message>
    <message>
        <source>Names in braces are filled in, as in Settings, Letters.</source>
        <translation>Имена в скобках подставляются, как в Настройках, Письма.</translation>
    </message>
    <message>
        <source>Russian</source>
        <translation>Русский</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>Тема</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Текст</translation>
    </message>
    <message>
        <source>This customer's own words.</source>
        <translation>Свой текст этого клиента.</translation>
    </message>
</context>
<context>
    <name>Links</name>
    <message>
        <source>The letter is among those that are kept: it made no new ticket.</source>
        <translation>Письмо уже есть среди сохранённых: новой заявки из него не сделано.</translation>
    </message>
</context>
<context>
    <name>MacrosPage</name>
    <message>
        <source>%1 (mine)</source>
        <translation>%1 (мой)</translation>
    </message>
    <message>
        <source>%1 (not in use)</source>
        <translation>%1 (не действует)</translation>
    </message>
    <message>
        <source>Add a macro</source>
        <translation>Добавить макрос</translation>
    </message>
    <message>
        <source>Answer, English</source>
        <translation>Ответ, по-английски</translation>
    </message>
    <message>
        <source>Answer, Russian</source>
        <translation>Ответ, по-русски</translation>
    </message>
    <message>
        <source>As it is typed: fri 9, in 2 h, until reply</source>
        <translation>Как пишут: пт 9, через 2 ч, до ответа</translation>
    </message>
    <message>
        <source>Cause</source>
        <translation>Причина</translation>
    </message>
    <message>
        <source>Effort</source>
        <translation>Трудоёмкость</translation>
    </message>
    <message>
        <source>Follow it</source>
        <translation>Следить</translation>
    </message>
    <message>
        <source>Goes into the letter where the cursor stands</source>
        <translation>Вставляется в письмо там, где стоит курсор</translation>
    </message>
    <message>
        <source>In English</source>
        <translation>По-английски</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>Действует</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>Линия</translation>
    </message>
    <message>
        <source>Line L%1</source>
        <translation>Линия L%1</translation>
    </message>
    <message>
        <source>Macros</source>
        <translation>Макросы</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Имя</translation>
    </message>
    <message>
        <source>New macro</source>
        <translation>Новый макрос</translation>
    </message>
    <message>
        <source>Note for colleagues</source>
        <translation>Заметка для коллег</translation>
    </message>
    <message>
        <source>Only for me</source>
        <translation>Только для меня</translation>
    </message>
    <message>
        <source>Skill</source>
        <translation>Навык</translation>
    </message>
    <message>
        <source>Snooze until</source>
        <translation>Отложить до</translation>
    </message>
    <message>
        <source>Specialist</source>
        <translation>Исполнитель</translation>
    </message>
    <message>
        <source>Urgency</source>
        <translation>Срочность</translation>
    </message>
    <message>
        <source>Waits for</source>
        <translation>Чего ждёт</translation>
    </message>
    <message>
        <source>What it does with the ticket</source>
        <translation>Что делает с заявкой</translation>
    </message>
    <message>
        <source>Zone of the fault</source>
        <translation>Зона неисправности</translation>
    </message>
    <message>
        <source>as it is</source>
        <translation>как есть</translation>
    </message>
    <message>
        <source>whoever uses it</source>
        <translation>кто применяет</translation>
    </message>
</context>
<context>
    <name>MailPage</name>
    <message>
        <source>%1 takes only a password made for applications: allow IMAP in the settings of the mailbox there, make one and enter it here.</source>
        <translation>%1 принимает только пароль для приложений: разрешите IMAP в настройках ящика, создайте такой пароль и введите его здесь.</translation>
    </message>
    <message>
        <source>A letter that was read in</source>
        <translation>Прочитанное письмо</translation>
    </message>
    <message>
        <source>A mail server answers at %1. Test it with the password.</source>
        <translation>По адресу %1 отвечает почтовый сервер. Проверьте его с паролем.</translation>
    </message>
    <message>
        <source>Add a mailbox</source>
        <translation>Добавить ящик</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Адрес</translation>
    </message>
    <message>
        <source>An Exchange server was found: %1.</source>
        <translation>Найден сервер Exchange: %1.</translation>
    </message>
    <message>
        <source>Application id</source>
        <translation>Идентификатор приложения</translation>
    </message>
    <message>
        <source>Application key</source>
        <translation>Ключ приложения</translation>
    </message>
    <message>
        <source>Are not published</source>
        <translation>Не публикуются</translation>
    </message>
    <message>
        <source>As your administrator registered this application</source>
        <translation>Под которым администратор зарегистрировал приложение</translation>
    </message>
    <message>
        <source>At Microsoft, with a code</source>
        <translation>В Microsoft, по коду</translation>
    </message>
    <message>
        <source>Before it is read for the first time: how much, and from when on</source>
        <translation>До первого чтения: сколько писем и с какой даты</translation>
    </message>
    <message>
        <source>Bookings in the calendar</source>
        <translation>Записи плана в календаре</translation>
    </message>
    <message>
        <source>By the address alone; no password leaves</source>
        <translation>Только по адресу; пароль никуда не уходит</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>Категория</translation>
    </message>
    <message>
        <source>Certificate file</source>
        <translation>Файл сертификата</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>Выбрать папку</translation>
    </message>
    <message>
        <source>Empty: INBOX</source>
        <translation>Пусто: INBOX</translation>
    </message>
    <message>
        <source>Empty: as IMAP</source>
        <translation>Пусто: как у IMAP</translation>
    </message>
    <message>
        <source>Empty: as the provider of the address has it</source>
        <translation>Пусто: как у провайдера этого адреса</translation>
    </message>
    <message>
        <source>Empty: deskapp</source>
        <translation>Пусто: deskapp</translation>
    </message>
    <message>
        <source>Empty: that of whoever signs in</source>
        <translation>Пусто: организация того, кто входит</translation>
    </message>
    <message>
        <source>Empty: the address</source>
        <translation>Пусто: сам адрес</translation>
    </message>
    <message>
        <source>Encryption</source>
        <translation>Шифрование</translation>
    </message>
    <message>
        <source>Everybody’s, where the login may write</source>
        <translation>Всех, к кому у входа есть доступ</translation>
    </message>
    <message>
        <source>Exchange Online</source>
        <translation>Exchange Online</translation>
    </message>
    <message>
        <source>Exchange Server</source>
        <translation>Exchange Server</translation>
    </message>
    <message>
        <source>Exchange server</source>
        <translation>Сервер Exchange</translation>
    </message>
    <message>
        <source>Find the servers</source>
        <translation>Найти серверы</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Папка</translation>
    </message>
    <message>
        <source>Folder on the server</source>
        <translation>Папка на сервере</translation>
    </message>
    <message>
        <source>Folder on the server, where letters are moved away</source>
        <translation>Папка на сервере, если письма переносить</translation>
    </message>
    <message>
        <source>Folder with letters</source>
        <translation>Папка с письмами</translation>
    </message>
    <message>
        <source>Gets a category (Exchange)</source>
        <translation>Получает категорию (Exchange)</translation>
    </message>
    <message>
        <source>Holds the Maildirs inbox, outbox and sent</source>
        <translation>В ней Maildir: inbox, outbox и sent</translation>
    </message>
    <message>
        <source>IMAP and SMTP</source>
        <translation>IMAP и SMTP</translation>
    </message>
    <message>
        <source>IMAP server</source>
        <translation>Сервер IMAP</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>Действует</translation>
    </message>
    <message>
        <source>Is flagged</source>
        <translation>Помечается флажком</translation>
    </message>
    <message>
        <source>Is marked as seen</source>
        <translation>Отмечать прочитанным</translation>
    </message>
    <message>
        <source>Is moved away</source>
        <translation>Переносить</translation>
    </message>
    <message>
        <source>Its name, or the whole address of EWS</source>
        <translation>Имя или полный адрес EWS</translation>
    </message>
    <message>
        <source>Its own address. Empty: the one above</source>
        <translation>Собственный адрес. Пусто: адрес выше</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Вид</translation>
    </message>
    <message>
        <source>Letters are read from %1 and put into %2.</source>
        <translation>Письма читаются из %1 и складываются в %2.</translation>
    </message>
    <message>
        <source>Letters leave from it; customers answer to it</source>
        <translation>Отсюда уходят письма, сюда отвечают</translation>
    </message>
    <message>
        <source>Login</source>
        <translation>Логин</translation>
    </message>
    <message>
        <source>Looking for the servers…</source>
        <translation>Идёт поиск серверов…</translation>
    </message>
    <message>
        <source>Mail does not run in this process.</source>
        <translation>В этом процессе почта не работает.</translation>
    </message>
    <message>
        <source>Mailbox</source>
        <translation>Ящик</translation>
    </message>
    <message>
        <source>Mailboxes</source>
        <translation>Ящики</translation>
    </message>
    <message>
        <source>Mine, from this machine</source>
        <translation>Мои, с этого компьютера</translation>
    </message>
    <message>
        <source>Moved to</source>
        <translation>Куда переносить</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Название</translation>
    </message>
    <message>
        <source>No server was found for this address. Ask the administrator of its mail for the names.</source>
        <translation>Для этого адреса сервер не найден. Узнайте имена у администратора почты.</translation>
    </message>
    <message>
        <source>None, this machine only</source>
        <translation>Нет, только эта машина</translation>
    </message>
    <message>
        <source>Of a company’s own authority, as PEM</source>
        <translation>Собственного центра сертификации, в формате PEM</translation>
    </message>
    <message>
        <source>Only where the provider gave one</source>
        <translation>Только если провайдер его выдал</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Пароль</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>Порт</translation>
    </message>
    <message>
        <source>Read as the sender where the desk has no name</source>
        <translation>Имя отправителя, если у базы нет своего</translation>
    </message>
    <message>
        <source>Remove the mailbox</source>
        <translation>Убрать ящик</translation>
    </message>
    <message>
        <source>SMTP encryption</source>
        <translation>Шифрование SMTP</translation>
    </message>
    <message>
        <source>SMTP login</source>
        <translation>Логин SMTP</translation>
    </message>
    <message>
        <source>SMTP port</source>
        <translation>Порт SMTP</translation>
    </message>
    <message>
        <source>SMTP server</source>
        <translation>Сервер SMTP</translation>
    </message>
    <message>
        <source>STARTTLS</source>
        <translation>STARTTLS</translation>
    </message>
    <message>
        <source>Sign in at Microsoft</source>
        <translation>Войти в Microsoft</translation>
    </message>
    <message>
        <source>Signed in as %1. Test the mailbox now.</source>
        <translation>Выполнен вход: %1. Теперь проверьте ящик.</translation>
    </message>
    <message>
        <source>Signed in until the application ends: this machine has no keyring.</source>
        <translation>Вход действует до закрытия приложения: на этом компьютере нет хранилища паролей.</translation>
    </message>
    <message>
        <source>Stays as it is</source>
        <translation>Не трогать</translation>
    </message>
    <message>
        <source>TLS</source>
        <translation>TLS</translation>
    </message>
    <message>
        <source>Tenant</source>
        <translation>Клиент (tenant)</translation>
    </message>
    <message>
        <source>Test the mailbox</source>
        <translation>Проверить ящик</translation>
    </message>
    <message>
        <source>The domain names its mail server: %1.</source>
        <translation>Домен называет свой почтовый сервер: %1.</translation>
    </message>
    <message>
        <source>The first letters read in are never answered. The password is kept in the keyring alone.</source>
        <translation>На первые прочитанные письма ответов не будет. Пароль хранится только в связке ключей.</translation>
    </message>
    <message>
        <source>The folder %1 is read-only.</source>
        <translation>Папка %1 доступна только для чтения.</translation>
    </message>
    <message>
        <source>The mailbox can be read and the server takes letters.</source>
        <translation>Ящик читается, и сервер принимает письма.</translation>
    </message>
    <message>
        <source>The mailbox is in Exchange Online: it signs in at Microsoft.</source>
        <translation>Ящик в Exchange Online: вход выполняется в Microsoft.</translation>
    </message>
    <message>
        <source>The password is kept in the system's keyring.</source>
        <translation>Пароль сохранён в связке ключей системы.</translation>
    </message>
    <message>
        <source>This is %1; its servers are entered.</source>
        <translation>Это %1; серверы внесены.</translation>
    </message>
    <message>
        <source>Token server</source>
        <translation>Сервер токенов</translation>
    </message>
    <message>
        <source>Trying…</source>
        <translation>Проверяю…</translation>
    </message>
    <message>
        <source>Way to sign in</source>
        <translation>Способ входа</translation>
    </message>
    <message>
        <source>What lies there</source>
        <translation>Что в нём лежит</translation>
    </message>
    <message>
        <source>With a token of another provider</source>
        <translation>По токену другого провайдера</translation>
    </message>
    <message>
        <source>kept in the keyring</source>
        <translation>хранится в связке ключей</translation>
    </message>
</context>
<context>
    <name>MailWatch</name>
    <message numerus="yes">
        <source>%n letter(s) could not be read: kept as received, the others went on.</source>
        <translation>
            <numerusform>%n письмо не удалось прочитать. Оно сохранено как есть, остальные приняты.</numerusform>
            <numerusform>%n письма не удалось прочитать. Они сохранены как есть, остальные приняты.</numerusform>
            <numerusform>%n писем не удалось прочитать. Они сохранены как есть, остальные приняты.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n letter(s) to read</source>
        <translation>
            <numerusform>Осталось прочитать %n письмо</numerusform>
            <numerusform>Осталось прочитать %n письма</numerusform>
            <numerusform>Осталось прочитать %n писем</numerusform>
        </translation>
    </message>
    <message>
        <source>Each with the reason and its raw text.</source>
        <translation>Каждое с причиной и исходным текстом.</translation>
    </message>
    <message>
        <source>Enter the password</source>
        <translation>Ввести пароль</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Продолжить</translation>
    </message>
    <message>
        <source>Letters that could not be read</source>
        <translation>Письма, которые не удалось прочитать</translation>
    </message>
    <message>
        <source>Mail checked at %1</source>
        <translation>Почта проверена в %1</translation>
    </message>
    <message>
        <source>Mail password</source>
        <translation>Пароль почты</translation>
    </message>
    <message>
        <source>Mail waits</source>
        <translation>Почта ждёт</translation>
    </message>
    <message>
        <source>No mailbox yet</source>
        <translation>Ящика пока нет</translation>
    </message>
    <message>
        <source>Password of %1</source>
        <translation>Пароль от %1</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Приостановить</translation>
    </message>
    <message>
        <source>Reading letters is paused: they wait on the server. Your answers still leave.</source>
        <translation>Чтение писем приостановлено: они ждут на сервере. Ваши ответы уходят как обычно.</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Показать</translation>
    </message>
    <message>
        <source>The letters in the mailbox are being read. You can work meanwhile.</source>
        <translation>Письма из ящика читаются. Работать можно, не дожидаясь конца.</translation>
    </message>
    <message>
        <source>The password of %1 is needed: letters neither come nor go until then.</source>
        <translation>Нужен пароль от %1: до тех пор письма не приходят и не уходят.</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>%1: next time %2</source>
        <translation>%1: в следующий раз %2</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Подробности</translation>
    </message>
    <message>
        <source>Screens</source>
        <translation>Экраны</translation>
    </message>
    <message>
        <source>Something in deskapp itself went wrong. What was saved is safe; try the step again.</source>
        <translation>Ошибка в самом deskapp. Сохранённое на месте, повторите шаг.</translation>
    </message>
</context>
<context>
    <name>MaintenancePage</name>
    <message>
        <source>%1 (not in use)</source>
        <translation>%1 (не действует)</translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s) made</source>
        <translation>
            <numerusform>создана %n заявка</numerusform>
            <numerusform>создано %n заявки</numerusform>
            <numerusform>создано %n заявок</numerusform>
        </translation>
    </message>
    <message>
        <source>01.12.2026; later dates follow from it</source>
        <translation>01.12.2026; от неё считаются остальные</translation>
    </message>
    <message>
        <source>10:00; empty: whenever there is room</source>
        <translation>10:00; пусто: когда есть место</translation>
    </message>
    <message>
        <source>Add a rule</source>
        <translation>Добавить правило</translation>
    </message>
    <message>
        <source>At the desk</source>
        <translation>В службе</translation>
    </message>
    <message>
        <source>Begins at</source>
        <translation>Начало</translation>
    </message>
    <message>
        <source>Cause</source>
        <translation>Причина</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>Клиент</translation>
    </message>
    <message>
        <source>Each how many</source>
        <translation>Через сколько</translation>
    </message>
    <message>
        <source>Effort</source>
        <translation>Трудоёмкость</translation>
    </message>
    <message>
        <source>Every</source>
        <translation>Период</translation>
    </message>
    <message>
        <source>First on</source>
        <translation>Первый раз</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>Действует</translation>
    </message>
    <message>
        <source>Last on</source>
        <translation>Последний раз</translation>
    </message>
    <message>
        <source>Made ahead</source>
        <translation>Создавать заранее</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Название</translation>
    </message>
    <message>
        <source>New rule</source>
        <translation>Новое правило</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>Правила</translation>
    </message>
    <message>
        <source>Site</source>
        <translation>Площадка</translation>
    </message>
    <message>
        <source>Specialist</source>
        <translation>Исполнитель</translation>
    </message>
    <message>
        <source>Subject of the tickets</source>
        <translation>Тема заявок</translation>
    </message>
    <message>
        <source>Visit</source>
        <translation>Выезд</translation>
    </message>
    <message>
        <source>What is done</source>
        <translation>Что делается</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Где</translation>
    </message>
    <message>
        <source>Write a time as 10:00, or nothing.</source>
        <translation>Напишите время как 10:00 или оставьте пустым.</translation>
    </message>
    <message>
        <source>day</source>
        <translation>день</translation>
    </message>
    <message>
        <source>days</source>
        <translation>дней</translation>
    </message>
    <message>
        <source>empty: for ever</source>
        <translation>пусто: без конца</translation>
    </message>
    <message>
        <source>month</source>
        <translation>месяц</translation>
    </message>
    <message>
        <source>next on %1</source>
        <translation>следующая %1</translation>
    </message>
    <message>
        <source>none</source>
        <translation>нет</translation>
    </message>
    <message>
        <source>the desk itself</source>
        <translation>сама служба</translation>
    </message>
    <message>
        <source>week</source>
        <translation>неделя</translation>
    </message>
    <message>
        <source>whoever can</source>
        <translation>кто может</translation>
    </message>
    <message>
        <source>year</source>
        <translation>год</translation>
    </message>
</context>
<context>
    <name>MePage</name>
    <message>
        <source>A choice between two changes</source>
        <translation>Выбор между двумя изменениями</translation>
    </message>
    <message>
        <source>A letter leaves after this time and cannot be called back then</source>
        <translation>Потом письмо уходит, и отозвать его нельзя</translation>
    </message>
    <message>
        <source>A letter that nobody owns</source>
        <translation>Письмо без специалиста</translation>
    </message>
    <message>
        <source>A promise that will not hold</source>
        <translation>Обещание не выдержать</translation>
    </message>
    <message>
        <source>A ticket handed to me</source>
        <translation>Мне передали заявку</translation>
    </message>
    <message>
        <source>Always: do not disturb</source>
        <translation>Всегда: не беспокоить</translation>
    </message>
    <message>
        <source>An answer nearly due</source>
        <translation>Скоро срок ответа</translation>
    </message>
    <message>
        <source>Another copy is; this takes its place</source>
        <translation>Сейчас другая копия; эта займёт её место</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Как в системе</translation>
    </message>
    <message>
        <source>Closing the last window leaves the icon; Quit ends</source>
        <translation>Закрытие последнего окна оставляет значок; завершает «Выйти»</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Тёмная</translation>
    </message>
    <message>
        <source>Empty: name and desk</source>
        <translation>Пусто: имя и служба</translation>
    </message>
    <message>
        <source>Go on in the tray</source>
        <translation>Оставаться в трее</translation>
    </message>
    <message>
        <source>I am</source>
        <translation>Я</translation>
    </message>
    <message>
        <source>Icon in the tray</source>
        <translation>Значок в трее</translation>
    </message>
    <message>
        <source>Keys and letters</source>
        <translation>Клавиши и письма</translation>
    </message>
    <message>
        <source>Kind and number alone</source>
        <translation>Только что случилось и номер</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Язык</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Светлая</translation>
    </message>
    <message>
        <source>Menu and links</source>
        <translation>Меню и ссылки</translation>
    </message>
    <message>
        <source>Motion</source>
        <translation>Движение</translation>
    </message>
    <message>
        <source>My name in a note</source>
        <translation>Моё имя в записи</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Имя</translation>
    </message>
    <message>
        <source>Name, English</source>
        <translation>Имя по-английски</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Никогда</translation>
    </message>
    <message>
        <source>Not with sample data</source>
        <translation>Не для примера</translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation>Уведомления</translation>
    </message>
    <message>
        <source>One line</source>
        <translation>Одна строка</translation>
    </message>
    <message>
        <source>Outside of working hours</source>
        <translation>В нерабочее время</translation>
    </message>
    <message>
        <source>Panels slide; nothing is told by motion alone</source>
        <translation>Панели выезжают; одним движением ничего не сообщается</translation>
    </message>
    <message>
        <source>R, L, N and others outside of text fields</source>
        <translation>R, L, N и другие вне полей ввода</translation>
    </message>
    <message>
        <source>Register with the system</source>
        <translation>Зарегистрировать в системе</translation>
    </message>
    <message>
        <source>Reminders</source>
        <translation>Напоминания</translation>
    </message>
    <message>
        <source>Rows of lists</source>
        <translation>Строки списков</translation>
    </message>
    <message>
        <source>Signature, English</source>
        <translation>Подпись, английская</translation>
    </message>
    <message>
        <source>Signature, Russian</source>
        <translation>Подпись, русская</translation>
    </message>
    <message>
        <source>Silent</source>
        <translation>Молчать</translation>
    </message>
    <message>
        <source>Single-letter keys</source>
        <translation>Однобуквенные клавиши</translation>
    </message>
    <message>
        <source>Tell by the system</source>
        <translation>Уведомления системы</translation>
    </message>
    <message>
        <source>The line below tells anyway</source>
        <translation>Строка внизу сообщает в любом случае</translation>
    </message>
    <message>
        <source>The system has forgotten it.</source>
        <translation>Система её забыла.</translation>
    </message>
    <message>
        <source>The system knows this copy.</source>
        <translation>Система знает эту копию.</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Тема</translation>
    </message>
    <message>
        <source>Three lines</source>
        <translation>Три строки</translation>
    </message>
    <message>
        <source>To those on duty</source>
        <translation>Дежурным</translation>
    </message>
    <message>
        <source>To those on duty and to leads</source>
        <translation>Дежурным и руководителям</translation>
    </message>
    <message>
        <source>Undo of letters</source>
        <translation>Отмена писем</translation>
    </message>
    <message>
        <source>Where the system has one</source>
        <translation>Где он есть у системы</translation>
    </message>
    <message>
        <source>Who I am</source>
        <translation>Кто я</translation>
    </message>
    <message>
        <source>Whose queue, plan and signature this window shows</source>
        <translation>Чью очередь, план и подпись показывать</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Окно</translation>
    </message>
    <message>
        <source>Without names and words</source>
        <translation>Без имён и слов</translation>
    </message>
    <message>
        <source>nobody yet</source>
        <translation>ещё никто</translation>
    </message>
    <message>
        <source>s</source>
        <translation>с</translation>
    </message>
</context>
<context>
    <name>Month</name>
    <message>
        <source>% of day</source>
        <translation>% дня</translation>
    </message>
    <message>
        <source>%1 free that day</source>
        <translation>свободно в этот день: %1</translation>
    </message>
    <message>
        <source>%1 of work</source>
        <translation>%1 работы</translation>
    </message>
    <message numerus="yes">
        <source>%n working day(s), %1 h a person</source>
        <translation>
            <numerusform>%n рабочий день, %1 ч на человека</numerusform>
            <numerusform>%n рабочих дня, %1 ч на человека</numerusform>
            <numerusform>%n рабочих дней, %1 ч на человека</numerusform>
        </translation>
    </message>
    <message>
        <source>Arrows move, Enter opens the day</source>
        <translation>Стрелки двигают, Enter открывает день</translation>
    </message>
    <message>
        <source>Best person</source>
        <translation>Кто</translation>
    </message>
    <message>
        <source>Each choice opens a preview first.</source>
        <translation>Каждый выбор сначала показывает предпросмотр.</translation>
    </message>
    <message>
        <source>Free hours</source>
        <translation>Свободные часы</translation>
    </message>
    <message>
        <source>Give %1 to %2</source>
        <translation>Отдать %1: %2</translation>
    </message>
    <message>
        <source>Load of %1, people by days</source>
        <translation>Загрузка, %1: люди по дням</translation>
    </message>
    <message>
        <source>Move %1 to %2</source>
        <translation>Перенести %1 на %2</translation>
    </message>
    <message>
        <source>No way out without breaking a promise.</source>
        <translation>Выхода без срыва обещания нет.</translation>
    </message>
    <message>
        <source>Nothing yet.</source>
        <translation>Пока ничего.</translation>
    </message>
    <message>
        <source>Overloaded days</source>
        <translation>Перегруженные дни</translation>
    </message>
    <message>
        <source>Planned</source>
        <translation>В плане</translation>
    </message>
    <message>
        <source>Skill</source>
        <translation>Навык</translation>
    </message>
    <message>
        <source>Split %1: %2 on %3</source>
        <translation>Разделить %1: %2 на %3</translation>
    </message>
    <message>
        <source>Team</source>
        <translation>Команда</translation>
    </message>
    <message>
        <source>Ways out, nobody breaks</source>
        <translation>Выходы без срыва</translation>
    </message>
    <message>
        <source>What could we promise today?</source>
        <translation>Что мы могли бы обещать сегодня?</translation>
    </message>
    <message>
        <source>What the cells show</source>
        <translation>Что показывают клетки</translation>
    </message>
    <message>
        <source>earliest finish with a margin of %1, nobody is pushed</source>
        <translation>самый ранний срок с запасом %1, никто не сдвигается</translation>
    </message>
    <message>
        <source>free</source>
        <translation>свободно</translation>
    </message>
    <message>
        <source>from now</source>
        <translation>от сейчас</translation>
    </message>
    <message>
        <source>no promise yet</source>
        <translation>обещания нет</translation>
    </message>
    <message>
        <source>no room yet</source>
        <translation>места пока нет</translation>
    </message>
    <message>
        <source>not working</source>
        <translation>не работает</translation>
    </message>
    <message>
        <source>over 100</source>
        <translation>больше 100</translation>
    </message>
    <message>
        <source>over by %1</source>
        <translation>сверх на %1</translation>
    </message>
    <message>
        <source>people present</source>
        <translation>кто на месте</translation>
    </message>
    <message>
        <source>planned, share of day</source>
        <translation>план, доля дня</translation>
    </message>
    <message>
        <source>slack %1 becomes %2</source>
        <translation>запас %1 станет %2</translation>
    </message>
    <message>
        <source>up to 25</source>
        <translation>до 25</translation>
    </message>
</context>
<context>
    <name>MoreSlots</name>
    <message numerus="yes">
        <source>%n more slot(s). Enter takes one, Esc goes back.</source>
        <translation>
            <numerusform>Ещё %n вариант. Enter выбирает, Esc возвращает.</numerusform>
            <numerusform>Ещё %n варианта. Enter выбирает, Esc возвращает.</numerusform>
            <numerusform>Ещё %n вариантов. Enter выбирает, Esc возвращает.</numerusform>
        </translation>
    </message>
    <message>
        <source>More slots</source>
        <translation>Ещё варианты</translation>
    </message>
</context>
<context>
    <name>NewTicketDialog</name>
    <message>
        <source>Cause</source>
        <translation>Причина</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>Почта</translation>
    </message>
    <message>
        <source>How it came</source>
        <translation>Как пришло</translation>
    </message>
    <message>
        <source>In detail</source>
        <translation>Подробно</translation>
    </message>
    <message>
        <source>In person</source>
        <translation>Лично</translation>
    </message>
    <message>
        <source>Letter</source>
        <translation>Письмо</translation>
    </message>
    <message>
        <source>Name, address or phone</source>
        <translation>Имя, адрес или телефон</translation>
    </message>
    <message>
        <source>New ticket</source>
        <translation>Новая заявка</translation>
    </message>
    <message>
        <source>Nothing is mailed when it is made.</source>
        <translation>При создании ничего не отправляется.</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>Иначе</translation>
    </message>
    <message>
        <source>Phone call</source>
        <translation>Звонок</translation>
    </message>
    <message>
        <source>Say in a few words what is wrong.</source>
        <translation>Напишите в двух словах, что случилось.</translation>
    </message>
    <message>
        <source>The answer goes there</source>
        <translation>Туда уйдёт ответ</translation>
    </message>
    <message>
        <source>Urgency</source>
        <translation>Срочность</translation>
    </message>
    <message>
        <source>What is wrong, in a few words</source>
        <translation>Что случилось, в двух словах</translation>
    </message>
    <message>
        <source>Who asks</source>
        <translation>Кто просит</translation>
    </message>
</context>
<context>
    <name>NotePage</name>
    <message>
        <source>Note for colleagues</source>
        <translation>Заметка для коллег</translation>
    </message>
    <message>
        <source>Note for colleagues; @ names one of them</source>
        <translation>Заметка для коллег; @ называет одного из них</translation>
    </message>
    <message>
        <source>Save note</source>
        <translation>Сохранить</translation>
    </message>
    <message>
        <source>The customer never sees a note.</source>
        <translation>Клиент заметок не видит.</translation>
    </message>
    <message>
        <source>The note has no text yet.</source>
        <translation>В заметке ещё нет текста.</translation>
    </message>
</context>
<context>
    <name>Notices</name>
    <message>
        <source>A new letter waits: %1</source>
        <translation>Ждёт новое письмо: %1</translation>
    </message>
    <message>
        <source>A promise will not hold: %1</source>
        <translation>Обещание не выдержать: %1</translation>
    </message>
    <message>
        <source>A ticket is handed to you: %1</source>
        <translation>Вам передана заявка: %1</translation>
    </message>
    <message>
        <source>An answer is nearly due: %1</source>
        <translation>Скоро срок ответа: %1</translation>
    </message>
    <message>
        <source>Reminder: %1</source>
        <translation>Напоминание: %1</translation>
    </message>
    <message>
        <source>You are named: %1</source>
        <translation>Вас упомянули: %1</translation>
    </message>
    <message>
        <source>Your choice is needed</source>
        <translation>Нужен ваш выбор</translation>
    </message>
</context>
<context>
    <name>OtherDate</name>
    <message>
        <source>By the calendar the earliest is %1; this date looks at nobody's load.</source>
        <translation>По календарю раньше всего %1; этот срок не смотрит на загрузку.</translation>
    </message>
    <message>
        <source>Other date</source>
        <translation>Другой срок</translation>
    </message>
    <message>
        <source>Reason for this date</source>
        <translation>Причина этого срока</translation>
    </message>
    <message>
        <source>This is no date ahead.</source>
        <translation>Это не дата впереди.</translation>
    </message>
    <message>
        <source>Why not by the calendar: for colleagues only</source>
        <translation>Почему не по календарю: только для коллег</translation>
    </message>
    <message>
        <source>fri 17:00, 12.11 15:00</source>
        <translation>пт 17:00, 12.11 15:00</translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>Articles</source>
        <translation>Статьи</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>Команды</translation>
    </message>
    <message>
        <source>Customers</source>
        <translation>Клиенты</translation>
    </message>
    <message>
        <source>Go to %1</source>
        <translation>Перейти к %1</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Ничего не найдено</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Люди</translation>
    </message>
    <message>
        <source>People of customers</source>
        <translation>Люди клиентов</translation>
    </message>
    <message>
        <source>Tickets</source>
        <translation>Заявки</translation>
    </message>
</context>
<context>
    <name>PaletteBox</name>
    <message>
        <source>Commands and tickets</source>
        <translation>Команды и заявки</translation>
    </message>
</context>
<context>
    <name>PeopleTab</name>
    <message>
        <source>About the customer</source>
        <translation>О клиенте</translation>
    </message>
    <message>
        <source>Add a person</source>
        <translation>Добавить человека</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Адрес</translation>
    </message>
    <message>
        <source>English</source>
        <translation>английский</translation>
    </message>
    <message>
        <source>Here twice: %1. Choose one and merge it (Shift+M).</source>
        <translation>Записаны дважды: %1. Выберите одну строку и объедините (Shift+M).</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Язык</translation>
    </message>
    <message>
        <source>Language of letters</source>
        <translation>Язык писем</translation>
    </message>
    <message>
        <source>Looked after by</source>
        <translation>Ведёт</translation>
    </message>
    <message>
        <source>Mail</source>
        <translation>Почта</translation>
    </message>
    <message>
        <source>Mail domain</source>
        <translation>Почтовый домен</translation>
    </message>
    <message>
        <source>May agree</source>
        <translation>Согласует</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Имя</translation>
    </message>
    <message>
        <source>Name of the customer</source>
        <translation>Название</translation>
    </message>
    <message>
        <source>New person</source>
        <translation>Новый человек</translation>
    </message>
    <message>
        <source>New senders with it belong to this customer</source>
        <translation>Новые отправители с ним относятся к этому клиенту</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Заметка</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Люди</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>Телефон</translation>
    </message>
    <message>
        <source>Post</source>
        <translation>Должность</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Убрать</translation>
    </message>
    <message>
        <source>Russian</source>
        <translation>русский</translation>
    </message>
    <message>
        <source>Such as Europe/Moscow; dates in letters are of it</source>
        <translation>Например Europe/Moscow; по нему даты в письмах</translation>
    </message>
    <message>
        <source>Time zone</source>
        <translation>Часовой пояс</translation>
    </message>
    <message>
        <source>VIP</source>
        <translation>VIP</translation>
    </message>
    <message>
        <source>as the letter</source>
        <translation>как в письме</translation>
    </message>
    <message>
        <source>nobody in particular</source>
        <translation>не закреплён</translation>
    </message>
</context>
<context>
    <name>Popup</name>
    <message>
        <source>By mail</source>
        <translation>Письмом</translation>
    </message>
    <message>
        <source>By phone</source>
        <translation>По телефону</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отменить</translation>
    </message>
    <message>
        <source>How it was said</source>
        <translation>Как сказано</translation>
    </message>
    <message>
        <source>Not understood</source>
        <translation>Непонятно</translation>
    </message>
    <message>
        <source>On site</source>
        <translation>На месте</translation>
    </message>
    <message>
        <source>Usual values</source>
        <translation>Обычные значения</translation>
    </message>
    <message>
        <source>What is still wrong</source>
        <translation>Что ещё не так</translation>
    </message>
    <message>
        <source>Who said it</source>
        <translation>Кто сказал</translation>
    </message>
</context>
<context>
    <name>Presence</name>
    <message>
        <source>%1 is viewing</source>
        <translation>%1 смотрит</translation>
    </message>
    <message>
        <source>%1 is writing a reply</source>
        <translation>%1 пишет ответ</translation>
    </message>
    <message>
        <source>Draft of a colleague</source>
        <translation>Черновик коллеги</translation>
    </message>
    <message>
        <source>Show draft</source>
        <translation>Показать черновик</translation>
    </message>
</context>
<context>
    <name>PreviewBar</name>
    <message numerus="yes">
        <source>%n due time(s) of open tickets will move</source>
        <translation>
            <numerusform>Сдвинется %n срок открытых заявок</numerusform>
            <numerusform>Сдвинутся %n срока открытых заявок</numerusform>
            <numerusform>Сдвинутся %n сроков открытых заявок</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n would be over at once</source>
        <translation>
            <numerusform>%n сразу окажется просрочен</numerusform>
            <numerusform>%n сразу окажутся просрочены</numerusform>
            <numerusform>%n сразу окажутся просрочены</numerusform>
        </translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Сохранить</translation>
    </message>
</context>
<context>
    <name>PromisePage</name>
    <message>
        <source>%1 cannot be read.</source>
        <translation>%1 не читается.</translation>
    </message>
    <message>
        <source>%1 is no effort. Write 2h30, 2:30, 150 or 2.5h.</source>
        <translation>%1 не похоже на трудоёмкость. Напишите 2ч30, 2:30, 150 или 2,5ч.</translation>
    </message>
    <message>
        <source>A date beside the calendar needs a reason.</source>
        <translation>Сроку не по календарю нужна причина.</translation>
    </message>
    <message>
        <source>An estimate is needed.</source>
        <translation>Нужна оценка.</translation>
    </message>
    <message>
        <source>Another skill</source>
        <translation>Другой навык</translation>
    </message>
    <message>
        <source>Cause</source>
        <translation>Причина</translation>
    </message>
    <message>
        <source>Choose a slot first.</source>
        <translation>Сначала выберите вариант.</translation>
    </message>
    <message>
        <source>Effort</source>
        <translation>Трудоёмкость</translation>
    </message>
    <message>
        <source>How long will the work take?</source>
        <translation>Сколько займёт работа?</translation>
    </message>
    <message>
        <source>Later date with a reason</source>
        <translation>Позже, с причиной</translation>
    </message>
    <message>
        <source>Margin</source>
        <translation>Надбавка</translation>
    </message>
    <message>
        <source>More slots</source>
        <translation>Ещё варианты</translation>
    </message>
    <message>
        <source>No slot fits.</source>
        <translation>Ничего не подходит.</translation>
    </message>
    <message>
        <source>Not before, deadline, pieces, on site</source>
        <translation>Не раньше, крайний срок, части, выезд</translation>
    </message>
    <message>
        <source>Other date</source>
        <translation>Другой срок</translation>
    </message>
    <message>
        <source>Pick in calendar</source>
        <translation>Выбрать в календаре</translation>
    </message>
    <message>
        <source>Pick in calendar, in parts</source>
        <translation>В календаре, по частям</translation>
    </message>
    <message>
        <source>Send and wait</source>
        <translation>Отправить и ждать</translation>
    </message>
    <message>
        <source>Skill</source>
        <translation>Навык</translation>
    </message>
    <message>
        <source>Terms</source>
        <translation>Условия</translation>
    </message>
    <message>
        <source>The slot is confirmed when the connection is back</source>
        <translation>Слот подтвердится после связи</translation>
    </message>
    <message>
        <source>The slot is taken in the calendar at once: %1</source>
        <translation>Место в календаре займётся сразу: %1</translation>
    </message>
    <message>
        <source>The slots are being computed again. Look at them, then send.</source>
        <translation>Варианты считаются заново. Посмотрите на них и отправьте.</translation>
    </message>
    <message>
        <source>This date takes no place in the calendar</source>
        <translation>Этот срок не занимает места в календаре</translation>
    </message>
    <message>
        <source>Urgency</source>
        <translation>Срочность</translation>
    </message>
    <message>
        <source>Write a date that lies ahead, or choose a card.</source>
        <translation>Напишите дату впереди или выберите карточку.</translation>
    </message>
    <message>
        <source>Write a moment that lies ahead, or leave the line empty.</source>
        <translation>Напишите момент впереди или оставьте строку пустой.</translation>
    </message>
    <message>
        <source>any</source>
        <translation>любой</translation>
    </message>
    <message>
        <source>not set</source>
        <translation>не указана</translation>
    </message>
</context>
<context>
    <name>PromiseSide</name>
    <message>
        <source>By the working time of %1</source>
        <translation>Рабочее время: %1</translation>
    </message>
    <message>
        <source>Contract</source>
        <translation>Договор</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>Клиент</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Имя</translation>
    </message>
    <message>
        <source>No slot is chosen yet</source>
        <translation>Вариант ещё не выбран</translation>
    </message>
    <message>
        <source>Not offered</source>
        <translation>Кого не предложили</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>Телефон</translation>
    </message>
    <message>
        <source>Similar</source>
        <translation>Похожее</translation>
    </message>
    <message>
        <source>To the calendar</source>
        <translation>В календарь</translation>
    </message>
    <message>
        <source>Why %1</source>
        <translation>Почему %1</translation>
    </message>
    <message>
        <source>Why this date</source>
        <translation>Почему эта дата</translation>
    </message>
</context>
<context>
    <name>ProtocolPage</name>
    <message>
        <source>%1 is no time. Write 1h30, 1:30 or 90.</source>
        <translation>%1 не похоже на время. Напишите 1ч30, 1:30 или 90.</translation>
    </message>
    <message>
        <source>Kind of the entry</source>
        <translation>Вид записи</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Записать</translation>
    </message>
    <message>
        <source>Since when</source>
        <translation>С какого времени</translation>
    </message>
    <message>
        <source>Time it took</source>
        <translation>Сколько заняло</translation>
    </message>
    <message>
        <source>What was checked, changed, said or measured</source>
        <translation>Что проверили, изменили, сказали или измерили</translation>
    </message>
    <message>
        <source>Write what was done.</source>
        <translation>Напишите, что сделано.</translation>
    </message>
    <message>
        <source>hh:mm</source>
        <translation>чч:мм</translation>
    </message>
    <message>
        <source>minutes</source>
        <translation>минуты</translation>
    </message>
    <message>
        <source>since</source>
        <translation>с</translation>
    </message>
</context>
<context>
    <name>QuestionPage</name>
    <message>
        <source>A question does not stop the answer clock</source>
        <translation>Вопрос не останавливает срок ответа</translation>
    </message>
    <message>
        <source>Send and wait</source>
        <translation>Отправить и ждать</translation>
    </message>
    <message>
        <source>Wait for the customer</source>
        <translation>Ждать клиента</translation>
    </message>
    <message>
        <source>What exactly do you need to know?</source>
        <translation>Что именно нужно узнать?</translation>
    </message>
    <message>
        <source>Write what you need to know.</source>
        <translation>Напишите, что нужно узнать.</translation>
    </message>
</context>
<context>
    <name>Questions</name>
    <message>
        <source>Zone of the fault by these answers: %1</source>
        <translation>Зона неисправности по этим ответам: %1</translation>
    </message>
</context>
<context>
    <name>Queue</name>
    <message>
        <source>%1 left</source>
        <translation>осталось %1</translation>
    </message>
    <message>
        <source>%1 left to answer</source>
        <translation>до ответа осталось %1</translation>
    </message>
    <message>
        <source>%1 on average</source>
        <translation>среднее %1</translation>
    </message>
    <message numerus="yes">
        <source>%n marked</source>
        <translation>
            <numerusform>отмечена %n</numerusform>
            <numerusform>отмечены %n</numerusform>
            <numerusform>отмечено %n</numerusform>
        </translation>
    </message>
    <message>
        <source>A letter or a call becomes a ticket with a number and a promised date.</source>
        <translation>Письмо или звонок становится заявкой с номером и обещанным сроком.</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Все</translation>
    </message>
    <message>
        <source>All promises hold.</source>
        <translation>Все обещания держатся.</translation>
    </message>
    <message>
        <source>All promises hold. Tightest: %1, %2.</source>
        <translation>Все обещания держатся. Ближайший запас: %1, %2.</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Ответить</translation>
    </message>
    <message>
        <source>Answer overdue</source>
        <translation>Срок ответа прошёл</translation>
    </message>
    <message>
        <source>Answer within 2 h</source>
        <translation>Ответить за 2 ч</translation>
    </message>
    <message>
        <source>Answered today</source>
        <translation>Отвечено сегодня</translation>
    </message>
    <message>
        <source>Asked, no answer yet</source>
        <translation>Вопрос задан, ответа нет</translation>
    </message>
    <message>
        <source>By planned time</source>
        <translation>По времени плана</translation>
    </message>
    <message>
        <source>By the contract due %1</source>
        <translation>По договору было до %1</translation>
    </message>
    <message>
        <source>By the contract until %1</source>
        <translation>По договору до %1</translation>
    </message>
    <message>
        <source>By time left to answer</source>
        <translation>По сроку ответа</translation>
    </message>
    <message>
        <source>Confirm</source>
        <translation>Подтвердить</translation>
    </message>
    <message>
        <source>Customer silent over 2 days</source>
        <translation>Ждут клиента дольше 2 дней</translation>
    </message>
    <message>
        <source>Customer: %1</source>
        <translation>Клиент: %1</translation>
    </message>
    <message>
        <source>Everybody</source>
        <translation>Все</translation>
    </message>
    <message>
        <source>Everybody has an answer. The next date appears with a new letter.</source>
        <translation>Всем ответили. Следующий срок появится с новым письмом.</translation>
    </message>
    <message>
        <source>Filter  %1</source>
        <translation>Фильтр  %1</translation>
    </message>
    <message>
        <source>Filter by specialist</source>
        <translation>Отобрать по исполнителю</translation>
    </message>
    <message>
        <source>Filter inside the tab</source>
        <translation>Фильтр внутри вкладки</translation>
    </message>
    <message>
        <source>For everybody</source>
        <translation>Для всех</translation>
    </message>
    <message>
        <source>Group %1, %2, %3</source>
        <translation>Группа %1, %2, %3</translation>
    </message>
    <message>
        <source>Handed to you</source>
        <translation>Передано вам</translation>
    </message>
    <message>
        <source>In work now</source>
        <translation>Сейчас в работе</translation>
    </message>
    <message>
        <source>Keep this search as a tab</source>
        <translation>Сохранить поиск как вкладку</translation>
    </message>
    <message>
        <source>Last change first</source>
        <translation>По последнему изменению</translation>
    </message>
    <message>
        <source>Less than an hour</source>
        <translation>Меньше часа</translation>
    </message>
    <message>
        <source>Longest silence first</source>
        <translation>Сначала самые молчащие</translation>
    </message>
    <message>
        <source>Longest wait first</source>
        <translation>Сначала самые долгие</translation>
    </message>
    <message>
        <source>Mention you</source>
        <translation>Вас упомянули</translation>
    </message>
    <message>
        <source>Mine</source>
        <translation>Мои</translation>
    </message>
    <message>
        <source>Mine today</source>
        <translation>Мои сегодня</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Ещё</translation>
    </message>
    <message>
        <source>Name of the tab</source>
        <translation>Название вкладки</translation>
    </message>
    <message>
        <source>Needs your act</source>
        <translation>Нужно ваше действие</translation>
    </message>
    <message>
        <source>New letter %1</source>
        <translation>Новое письмо %1</translation>
    </message>
    <message>
        <source>Next in plan</source>
        <translation>Далее по плану</translation>
    </message>
    <message>
        <source>No consent is owed.</source>
        <translation>Ничьё согласие не ждём.</translation>
    </message>
    <message>
        <source>No open tickets.</source>
        <translation>Открытых заявок нет.</translation>
    </message>
    <message>
        <source>Nobody is asked anything.</source>
        <translation>Никого ни о чём не спросили.</translation>
    </message>
    <message>
        <source>Not fixed, a new date is owed</source>
        <translation>Не исправлено, нужен новый срок</translation>
    </message>
    <message>
        <source>Nothing matches the filter.</source>
        <translation>Ничего не подходит под фильтр.</translation>
    </message>
    <message>
        <source>Nothing planned today. Take from the tray?</source>
        <translation>На сегодня ничего не запланировано. Взять из лотка?</translation>
    </message>
    <message>
        <source>Nothing was set aside.</source>
        <translation>Ничего не отложено.</translation>
    </message>
    <message>
        <source>Open until the customer agrees</source>
        <translation>Открыта, пока клиент не согласится</translation>
    </message>
    <message>
        <source>Promise late by %1</source>
        <translation>Срыв обещания на %1</translation>
    </message>
    <message>
        <source>Promised %1</source>
        <translation>Обещано %1</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Очередь</translation>
    </message>
    <message>
        <source>Reminders</source>
        <translation>Напоминания</translation>
    </message>
    <message>
        <source>Set aside</source>
        <translation>Отложены в сторону</translation>
    </message>
    <message>
        <source>Show the tray</source>
        <translation>Показать лоток</translation>
    </message>
    <message>
        <source>Slipping</source>
        <translation>Срываются</translation>
    </message>
    <message>
        <source>Specialist: %1</source>
        <translation>Исполнитель: %1</translation>
    </message>
    <message>
        <source>Specialist: me</source>
        <translation>Исполнитель: я</translation>
    </message>
    <message>
        <source>Tabs of the queue</source>
        <translation>Вкладки очереди</translation>
    </message>
    <message>
        <source>Take the filter off</source>
        <translation>Снять фильтр</translation>
    </message>
    <message>
        <source>There are no open tickets</source>
        <translation>Открытых заявок нет</translation>
    </message>
    <message>
        <source>This list is done</source>
        <translation>Этот список разобран</translation>
    </message>
    <message>
        <source>Ticket %1</source>
        <translation>Заявка %1</translation>
    </message>
    <message>
        <source>Tickets</source>
        <translation>Заявки</translation>
    </message>
    <message>
        <source>To confirm closing</source>
        <translation>Подтвердить закрытие</translation>
    </message>
    <message>
        <source>Up to two hours</source>
        <translation>До двух часов</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Ждём</translation>
    </message>
    <message>
        <source>Waiting for customer</source>
        <translation>Ждём клиента</translation>
    </message>
    <message>
        <source>Waits for you to take it over</source>
        <translation>Ждёт, что вы примете</translation>
    </message>
    <message>
        <source>Worst first</source>
        <translation>Сначала худшие</translation>
    </message>
    <message>
        <source>You are named in a note</source>
        <translation>Вас назвали в заметке</translation>
    </message>
    <message>
        <source>You wanted to be reminded</source>
        <translation>Вы просили напомнить</translation>
    </message>
    <message>
        <source>a question does not stop the clock</source>
        <translation>вопрос не останавливает срок</translation>
    </message>
    <message>
        <source>answer overdue by %1</source>
        <translation>ответ просрочен на %1</translation>
    </message>
    <message>
        <source>close by consent</source>
        <translation>закрыть по согласию</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>свёрнута</translation>
    </message>
    <message>
        <source>estimate %1</source>
        <translation>оценка %1</translation>
    </message>
    <message>
        <source>forecast %1</source>
        <translation>прогноз %1</translation>
    </message>
    <message>
        <source>in %1</source>
        <translation>за %1</translation>
    </message>
    <message>
        <source>me</source>
        <translation>я</translation>
    </message>
    <message>
        <source>next tab</source>
        <translation>следующая вкладка</translation>
    </message>
    <message>
        <source>no cause given</source>
        <translation>причина не указана</translation>
    </message>
    <message>
        <source>no estimate</source>
        <translation>нет оценки</translation>
    </message>
    <message>
        <source>no owner</source>
        <translation>без исполнителя</translation>
    </message>
    <message>
        <source>not planned yet</source>
        <translation>ещё не в плане</translation>
    </message>
    <message>
        <source>open</source>
        <translation>раскрыта</translation>
    </message>
    <message>
        <source>over by %1</source>
        <translation>просрочено на %1</translation>
    </message>
    <message>
        <source>promised %1</source>
        <translation>обещано %1</translation>
    </message>
    <message>
        <source>unread</source>
        <translation>не прочитано</translation>
    </message>
    <message>
        <source>until %1</source>
        <translation>до %1</translation>
    </message>
    <message>
        <source>urgency %1</source>
        <translation>срочность %1</translation>
    </message>
</context>
<context>
    <name>Reasons</name>
    <message>
        <source>%1 and %2</source>
        <translation>%1 и %2</translation>
    </message>
    <message>
        <source>%1 and %2 more</source>
        <translation>%1 и ещё %2</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>starts, number of parts</comment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>%1, and %2 more</source>
        <translation>%1 и ещё %2</translation>
    </message>
    <message numerus="yes">
        <source>%n part(s)</source>
        <translation>
            <numerusform>%n часть</numerusform>
            <numerusform>%n части</numerusform>
            <numerusform>%n частей</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n similar ticket(s)</source>
        <translation>
            <numerusform>%n похожая заявка</numerusform>
            <numerusform>%n похожие заявки</numerusform>
            <numerusform>%n похожих заявок</numerusform>
        </translation>
    </message>
    <message>
        <source>A part comes on %1</source>
        <translation>Запчасть придёт %1</translation>
    </message>
    <message>
        <source>As it is planned already</source>
        <translation>Как уже стоит в плане</translation>
    </message>
    <message>
        <source>Breaks %1 by %2</source>
        <translation>Срыв %1 на %2</translation>
    </message>
    <message>
        <source>Free after %1</source>
        <translation>Время есть после %1</translation>
    </message>
    <message>
        <source>Free after %1 and lunch</source>
        <translation>Время есть после %1 и обеда</translation>
    </message>
    <message>
        <source>Free after an absence</source>
        <translation>Время есть после отсутствия</translation>
    </message>
    <message>
        <source>Free after lunch</source>
        <translation>Время есть после обеда</translation>
    </message>
    <message>
        <source>Free after the leave</source>
        <translation>Время есть после отпуска</translation>
    </message>
    <message>
        <source>Free after the meeting</source>
        <translation>Время есть после встречи</translation>
    </message>
    <message>
        <source>Free after the training</source>
        <translation>Время есть после обучения</translation>
    </message>
    <message>
        <source>Free now</source>
        <translation>Свободное время сейчас</translation>
    </message>
    <message>
        <source>If needed earlier: moves %1</source>
        <translation>Если нужно раньше: сдвинет %1</translation>
    </message>
    <message>
        <source>L%1, takes from L%2</source>
        <translation>L%1, берёт с L%2</translation>
    </message>
    <message>
        <source>Later than was asked for</source>
        <translation>Позже, чем просили</translation>
    </message>
    <message>
        <source>Little experience with this: %1 in place of %2</source>
        <translation>Опыта мало: %1 вместо %2</translation>
    </message>
    <message>
        <source>Margin by the desk's rule: too few tickets are finished to learn from</source>
        <translation>Надбавка по правилу: завершённых заявок пока мало, судить не по чему</translation>
    </message>
    <message>
        <source>Margin by the rule: little history</source>
        <translation>Надбавка по правилу: мало истории</translation>
    </message>
    <message numerus="yes">
        <source>Margin learnt from %n finished ticket(s) like it: enough nine times in ten</source>
        <translation>
            <numerusform>Надбавка выведена из %n такой завершённой заявки: хватает в девяти случаях из десяти</numerusform>
            <numerusform>Надбавка выведена из %n таких завершённых заявок: хватает в девяти случаях из десяти</numerusform>
            <numerusform>Надбавка выведена из %n таких завершённых заявок: хватает в девяти случаях из десяти</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Margin not below the desk's rule: %n finished ticket(s) like it say too little</source>
        <translation>
            <numerusform>Надбавка не меньше правила: %n такой завершённой заявки мало, чтобы судить</numerusform>
            <numerusform>Надбавка не меньше правила: %n таких завершённых заявок мало, чтобы судить</numerusform>
            <numerusform>Надбавка не меньше правила: %n таких завершённых заявок мало, чтобы судить</numerusform>
        </translation>
    </message>
    <message>
        <source>Margin not below the desk's rule: no ticket like it is finished yet</source>
        <translation>Надбавка не меньше правила: таких заявок ещё не завершали</translation>
    </message>
    <message numerus="yes">
        <source>Moves %n ticket(s) within slack</source>
        <translation>
            <numerusform>Сдвинет %n заявку с запасом</numerusform>
            <numerusform>Сдвинет %n заявки с запасом</numerusform>
            <numerusform>Сдвинет %n заявок с запасом</numerusform>
        </translation>
    </message>
    <message>
        <source>Moves nobody</source>
        <translation>Никого не сдвигает</translation>
    </message>
    <message>
        <source>No %1 in a row before %2.</source>
        <translation>До %2 нет %1 подряд.</translation>
    </message>
    <message>
        <source>No %1 in a row with the skill %2 before %3.</source>
        <translation>До %3 нет %1 подряд с навыком %2.</translation>
    </message>
    <message>
        <source>Nobody has the skill %1.</source>
        <translation>Ни у кого нет навыка %1.</translation>
    </message>
    <message>
        <source>Nobody on the desk can take this.</source>
        <translation>Взять это некому.</translation>
    </message>
    <message>
        <source>Not before %1</source>
        <translation>Не раньше %1</translation>
    </message>
    <message numerus="yes">
        <source>Solved %n ticket(s) of this customer</source>
        <translation>
            <numerusform>Решил %n заявку этого клиента</numerusform>
            <numerusform>Решил %n заявки этого клиента</numerusform>
            <numerusform>Решил %n заявок этого клиента</numerusform>
        </translation>
    </message>
    <message>
        <source>Stands in for %1</source>
        <translation>Замещает: %1</translation>
    </message>
    <message>
        <source>Those who could do it are booked to %1 until then.</source>
        <translation>Те, кто мог бы, заняты до того на %1.</translation>
    </message>
    <message>
        <source>absent until %1</source>
        <translation>нет на месте до %1</translation>
    </message>
    <message>
        <source>ill until %1</source>
        <translation>болеет до %1</translation>
    </message>
    <message>
        <source>lacks the skill</source>
        <translation>нет навыка</translation>
    </message>
    <message>
        <source>lately they take %1 less</source>
        <translation>в последнее время короче на %1</translation>
    </message>
    <message>
        <source>lately they take %1 longer</source>
        <translation>в последнее время дольше на %1</translation>
    </message>
    <message>
        <source>no free time</source>
        <translation>нет свободного времени</translation>
    </message>
    <message>
        <source>no gap until %1</source>
        <translation>нет окна до %1</translation>
    </message>
    <message>
        <source>no working calendar</source>
        <translation>нет рабочего календаря</translation>
    </message>
    <message>
        <source>on leave until %1</source>
        <translation>отпуск до %1</translation>
    </message>
    <message>
        <source>training until %1</source>
        <translation>обучение до %1</translation>
    </message>
    <message>
        <source>work %1</source>
        <translation>работа %1</translation>
    </message>
    <message>
        <source>work %1, %2</source>
        <comment>day, span</comment>
        <translation>работа %1, %2</translation>
    </message>
    <message>
        <source>works on another line</source>
        <translation>работает на другой линии</translation>
    </message>
    <message>
        <source>works on line L%1</source>
        <translation>работает на L%1</translation>
    </message>
    <message>
        <source>would finish later</source>
        <translation>закончит позже</translation>
    </message>
</context>
<context>
    <name>RefusePage</name>
    <message>
        <source>Reason</source>
        <translation>Причина</translation>
    </message>
    <message>
        <source>Send refusal</source>
        <translation>Отправить отказ</translation>
    </message>
    <message>
        <source>The customer will read it</source>
        <translation>Клиент её прочтёт</translation>
    </message>
    <message>
        <source>What to do instead</source>
        <translation>Что сделать вместо этого</translation>
    </message>
</context>
<context>
    <name>Registering</name>
    <message>
        <source>Puts deskapp into the menu; links that begin with deskapp: open here, and it is offered for e-mail addresses and letters' files. What you chose for those stays.</source>
        <translation>Добавляет deskapp в меню; ссылки deskapp: открываются здесь, а для почтовых адресов и файлов писем он предлагается. То, что вы для них выбрали, остаётся.</translation>
    </message>
</context>
<context>
    <name>RemindPage</name>
    <message>
        <source>Send the reminder</source>
        <translation>Отправить напоминание</translation>
    </message>
</context>
<context>
    <name>Replan</name>
    <message>
        <source>%1 %2: %3</source>
        <comment>number, customer, subject</comment>
        <translation>%1 %2: %3</translation>
    </message>
    <message>
        <source>%1 (assumed)</source>
        <translation>%1 (предположительно)</translation>
    </message>
    <message>
        <source>%1 by %2</source>
        <comment>reported, person</comment>
        <translation>%1, от кого: %2</translation>
    </message>
    <message>
        <source>%1 is in stock: %2</source>
        <translation>%1 есть на складе: %2</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>moves, of whom</comment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>%1, visit</source>
        <translation>%1, выезд</translation>
    </message>
    <message numerus="yes">
        <source>%n due time(s) by contracts would move</source>
        <translation>
            <numerusform>Сдвинется %n срок по договорам</numerusform>
            <numerusform>Сдвинутся %n срока по договорам</numerusform>
            <numerusform>Сдвинутся %n сроков по договорам</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of %1 people affected</source>
        <translation>
            <numerusform>Затронут %n человек из %1</numerusform>
            <numerusform>Затронуты %n человека из %1</numerusform>
            <numerusform>Затронуто %n человек из %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n other planned ticket(s)</source>
        <translation>
            <numerusform>ещё %n заявка в плане</numerusform>
            <numerusform>ещё %n заявки в плане</numerusform>
            <numerusform>ещё %n заявок в плане</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n similar</source>
        <translation>
            <numerusform>%n похожая</numerusform>
            <numerusform>%n похожие</numerusform>
            <numerusform>%n похожих</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n slip notice(s) will wait as drafts for your review.</source>
        <translation>
            <numerusform>%n письмо о переносе будет ждать вашей проверки в черновиках.</numerusform>
            <numerusform>%n письма о переносе будут ждать вашей проверки в черновиках.</numerusform>
            <numerusform>%n писем о переносе будут ждать вашей проверки в черновиках.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n to another person</source>
        <translation>
            <numerusform>%n другому специалисту</numerusform>
            <numerusform>%n другому специалисту</numerusform>
            <numerusform>%n другому специалисту</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n would be over at once</source>
        <translation>
            <numerusform>%n сразу окажется просроченным</numerusform>
            <numerusform>%n сразу окажутся просроченными</numerusform>
            <numerusform>%n сразу окажутся просроченными</numerusform>
        </translation>
    </message>
    <message>
        <source>Apply re-plan</source>
        <translation>Применить</translation>
    </message>
    <message>
        <source>Back to the tray</source>
        <translation>Вернётся в «Без плана»</translation>
    </message>
    <message>
        <source>Before and after of those whom it touches</source>
        <translation>Было и станет у тех, кого это касается</translation>
    </message>
    <message>
        <source>Busy with %1 until %2</source>
        <translation>До %2 в работе %1</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Изменение</translation>
    </message>
    <message>
        <source>Contract met. %1</source>
        <translation>Договор соблюдён. %1</translation>
    </message>
    <message>
        <source>Contract times of tickets that are done stay as they were told.</source>
        <translation>Сроки завершённых заявок остаются такими, как о них сказали.</translation>
    </message>
    <message>
        <source>Contract: start within %1, %2</source>
        <translation>Договор: начать за %1, %2</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>Клиент</translation>
    </message>
    <message>
        <source>Does not know “%1”, needs a briefing</source>
        <translation>Навыка «%1» нет, нужен инструктаж</translation>
    </message>
    <message>
        <source>Effort</source>
        <translation>Трудоёмкость</translation>
    </message>
    <message>
        <source>Effort %1</source>
        <translation>Трудоёмкость %1</translation>
    </message>
    <message>
        <source>Emergency re-plan</source>
        <translation>Аварийный перенос</translation>
    </message>
    <message>
        <source>Finish after</source>
        <translation>Окончание станет</translation>
    </message>
    <message>
        <source>Finish before</source>
        <translation>Окончание было</translation>
    </message>
    <message>
        <source>Give an effort: without it nobody can be chosen.</source>
        <translation>Укажите трудоёмкость: без неё выбрать исполнителя нельзя.</translation>
    </message>
    <message>
        <source>Handover</source>
        <translation>Передача работы</translation>
    </message>
    <message>
        <source>How far is %1? Whoever goes on will read it</source>
        <translation>Что сделано по %1? Это прочтёт тот, кто продолжит</translation>
    </message>
    <message>
        <source>Language of the letter</source>
        <translation>Язык письма</translation>
    </message>
    <message>
        <source>Lay down %1 of %2, start %3</source>
        <translation>Прервать %1 (%2), начать %3</translation>
    </message>
    <message>
        <source>Lay down work in progress</source>
        <translation>Прервать начатую работу</translation>
    </message>
    <message>
        <source>Letter</source>
        <translation>Письмо</translation>
    </message>
    <message>
        <source>Moved</source>
        <translation>Сдвинута</translation>
    </message>
    <message numerus="yes">
        <source>Moves %n ticket(s)</source>
        <translation>
            <numerusform>Сдвигает %n заявку</numerusform>
            <numerusform>Сдвигает %n заявки</numerusform>
            <numerusform>Сдвигает %n заявок</numerusform>
        </translation>
    </message>
    <message>
        <source>Moves nobody.</source>
        <translation>Никого не сдвигает.</translation>
    </message>
    <message>
        <source>No place found</source>
        <translation>Места не нашлось</translation>
    </message>
    <message>
        <source>No promise breaks</source>
        <translation>Обещания целы</translation>
    </message>
    <message>
        <source>Nobody can begin within the horizon. Try another skill, or less work.</source>
        <translation>В пределах горизонта начать некому. Попробуйте другой навык или меньший объём.</translation>
    </message>
    <message>
        <source>Nobody else has the skill %1.</source>
        <translation>Больше ни у кого нет навыка %1.</translation>
    </message>
    <message>
        <source>Not touched: %1</source>
        <translation>Не затронуто: %1</translation>
    </message>
    <message>
        <source>Not touched: work in progress (%1) and %2</source>
        <translation>Не затронуто: начатые работы (%1) и %2</translation>
    </message>
    <message>
        <source>On the road for %1</source>
        <translation>В дороге по %1</translation>
    </message>
    <message>
        <source>One undo step restores the whole plan.</source>
        <translation>Одна отмена вернёт весь план.</translation>
    </message>
    <message>
        <source>Promised</source>
        <translation>Обещано</translation>
    </message>
    <message>
        <source>Promises broken: %1</source>
        <translation>Срывов: %1</translation>
    </message>
    <message>
        <source>Recomputed: %1.</source>
        <translation>Пересчитано: %1.</translation>
    </message>
    <message>
        <source>Recomputed: the plan has changed meanwhile.</source>
        <translation>Пересчитано: план тем временем изменился.</translation>
    </message>
    <message>
        <source>Refine by hand</source>
        <translation>Доработать вручную</translation>
    </message>
    <message>
        <source>Reported at %1</source>
        <translation>Принято в %1</translation>
    </message>
    <message>
        <source>Reported by mail at %1</source>
        <translation>Пришло письмом в %1</translation>
    </message>
    <message>
        <source>Reported by phone at %1</source>
        <translation>Сообщили по телефону в %1</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Сохранить</translation>
    </message>
    <message>
        <source>Save and re-plan</source>
        <translation>Сохранить и перенести</translation>
    </message>
    <message>
        <source>Save without moving</source>
        <translation>Сохранить, ничего не двигая</translation>
    </message>
    <message>
        <source>Save, all back to the tray</source>
        <translation>Сохранить, всё в «Без плана»</translation>
    </message>
    <message>
        <source>Skill</source>
        <translation>Навык</translation>
    </message>
    <message>
        <source>Slack</source>
        <translation>Запас</translation>
    </message>
    <message>
        <source>Slip notice for %1</source>
        <translation>Письмо о переносе %1</translation>
    </message>
    <message>
        <source>Slip notice, review</source>
        <translation>О переносе, проверить</translation>
    </message>
    <message>
        <source>Start %1, done %2</source>
        <translation>Начало %1, конец %2</translation>
    </message>
    <message>
        <source>Starts %1 late. %2</source>
        <translation>Начало позже на %1. %2</translation>
    </message>
    <message>
        <source>The contract sets no time to start</source>
        <translation>Срок начала договором не задан</translation>
    </message>
    <message>
        <source>The plan stays as it is. Undo takes the change back.</source>
        <translation>План не меняется. Отмена вернёт всё как было.</translation>
    </message>
    <message>
        <source>Ticket</source>
        <translation>Заявка</translation>
    </message>
    <message>
        <source>To %1</source>
        <translation>Передать: %1</translation>
    </message>
    <message>
        <source>What changes</source>
        <translation>Что изменится</translation>
    </message>
    <message>
        <source>What changes for each ticket</source>
        <translation>Что изменится в каждой заявке</translation>
    </message>
    <message>
        <source>What this does to the plan</source>
        <translation>Что это меняет в плане</translation>
    </message>
    <message>
        <source>Work laid down</source>
        <translation>Работа прервана</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>и ещё %n</numerusform>
            <numerusform>и ещё %n</numerusform>
            <numerusform>и ещё %n</numerusform>
        </translation>
    </message>
    <message>
        <source>any skill</source>
        <translation>любой навык</translation>
    </message>
    <message>
        <source>at risk</source>
        <translation>под угрозой</translation>
    </message>
    <message>
        <source>before</source>
        <comment>legend</comment>
        <translation>было</translation>
    </message>
    <message>
        <source>day off</source>
        <translation>выходной</translation>
    </message>
    <message>
        <source>late</source>
        <comment>legend</comment>
        <translation>срыв</translation>
    </message>
    <message>
        <source>moved</source>
        <comment>legend</comment>
        <translation>сдвинуто</translation>
    </message>
    <message>
        <source>new</source>
        <comment>legend</comment>
        <translation>новое</translation>
    </message>
    <message>
        <source>no mail address: tell them by phone</source>
        <translation>адреса нет: скажите по телефону</translation>
    </message>
    <message>
        <source>no promise</source>
        <translation>без обещания</translation>
    </message>
    <message>
        <source>not needed</source>
        <translation>не нужно</translation>
    </message>
    <message>
        <source>to %1</source>
        <translation>кому: %1</translation>
    </message>
    <message>
        <source>uses %1 of slack</source>
        <translation>тратит %1 запаса</translation>
    </message>
</context>
<context>
    <name>ReplyPage</name>
    <message>
        <source>Send</source>
        <translation>Отправить</translation>
    </message>
    <message>
        <source>The letter holds words already. Clear it, then choose another one.</source>
        <translation>В письме уже есть текст. Уберите его и выберите письмо снова.</translation>
    </message>
    <message>
        <source>The letter says nothing yet.</source>
        <translation>В письме ещё ничего не сказано.</translation>
    </message>
</context>
<context>
    <name>Reports</name>
    <message>
        <source>%1 answered, %2</source>
        <translation>ответили %1, %2</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1 ч</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 из %2</translation>
    </message>
    <message>
        <source>%1 of %2 later</source>
        <translation>%1 из %2 позже</translation>
    </message>
    <message>
        <source>%1 of %2 moves</source>
        <translation>%1 из %2 переносов</translation>
    </message>
    <message>
        <source>%1 p.p.</source>
        <comment>percentage points</comment>
        <translation>%1 п.п.</translation>
    </message>
    <message>
        <source>%1, min</source>
        <translation>%1, мин</translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s)</source>
        <translation>
            <numerusform>%n ответ</numerusform>
            <numerusform>%n ответа</numerusform>
            <numerusform>%n ответов</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s)</source>
        <translation>
            <numerusform>%n строка</numerusform>
            <numerusform>%n строки</numerusform>
            <numerusform>%n строк</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s)</source>
        <translation>
            <numerusform>%n заявка</numerusform>
            <numerusform>%n заявки</numerusform>
            <numerusform>%n заявок</numerusform>
        </translation>
    </message>
    <message>
        <source>10 weeks</source>
        <translation>10 недель</translation>
    </message>
    <message>
        <source>A ticket</source>
        <translation>На заявку</translation>
    </message>
    <message>
        <source>Accepted by</source>
        <translation>Кто принял</translation>
    </message>
    <message>
        <source>Accuracy of estimates</source>
        <translation>Точность оценок</translation>
    </message>
    <message>
        <source>All customers</source>
        <translation>Все клиенты</translation>
    </message>
    <message>
        <source>All figures</source>
        <translation>Все показатели</translation>
    </message>
    <message>
        <source>All tickets</source>
        <translation>Все заявки</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Ответ</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>Ответ дан</translation>
    </message>
    <message>
        <source>Answered in</source>
        <translation>Ответ за</translation>
    </message>
    <message>
        <source>Answered the question of recommendation</source>
        <translation>Ответили на вопрос о рекомендации</translation>
    </message>
    <message>
        <source>Answered the question of satisfaction</source>
        <translation>Ответили на вопрос об удовлетворённости</translation>
    </message>
    <message>
        <source>Answered within %1 working hours</source>
        <translation>Ответ за %1 рабочих часа</translation>
    </message>
    <message>
        <source>Article</source>
        <translation>Статья</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Назад</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Раньше</translation>
    </message>
    <message>
        <source>Before is the period of the same length right before.</source>
        <translation>Раньше — такой же период прямо перед этим.</translation>
    </message>
    <message>
        <source>By hand</source>
        <translation>Вручную</translation>
    </message>
    <message>
        <source>CSV, XLSX, PDF</source>
        <translation>CSV, XLSX, PDF</translation>
    </message>
    <message>
        <source>Came back</source>
        <translation>Вернули</translation>
    </message>
    <message>
        <source>Came in</source>
        <translation>Пришло</translation>
    </message>
    <message>
        <source>Cause</source>
        <translation>Причина</translation>
    </message>
    <message>
        <source>Causes</source>
        <translation>Причины</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>Канал</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>Код</translation>
    </message>
    <message>
        <source>Copy as cells</source>
        <translation>Скопировать ячейками</translation>
    </message>
    <message>
        <source>Counted of</source>
        <translation>Из скольких</translation>
    </message>
    <message>
        <source>Counting changes nothing, and what is stored is safe. Try again, or choose another period.</source>
        <translation>Отчёт ничего не меняет, всё записанное в сохранности. Попробуйте ещё раз или выберите другой период.</translation>
    </message>
    <message>
        <source>Counting…</source>
        <translation>Идёт подсчёт…</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>Клиент</translation>
    </message>
    <message>
        <source>Customers</source>
        <translation>Клиенты</translation>
    </message>
    <message>
        <source>Customers' rating</source>
        <translation>Оценка клиентов</translation>
    </message>
    <message>
        <source>Estimated</source>
        <translation>Оценка</translation>
    </message>
    <message>
        <source>Fact / estimate</source>
        <translation>Факт / оценка</translation>
    </message>
    <message>
        <source>Fact and estimate</source>
        <translation>Факт и оценка</translation>
    </message>
    <message>
        <source>Figure</source>
        <translation>Показатель</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>Решена</translation>
    </message>
    <message>
        <source>First answer</source>
        <translation>Первый ответ</translation>
    </message>
    <message>
        <source>First line and reopenings</source>
        <translation>Первая линия и возвраты</translation>
    </message>
    <message>
        <source>From</source>
        <translation>С</translation>
    </message>
    <message>
        <source>In stock</source>
        <translation>На складе</translation>
    </message>
    <message>
        <source>In the period</source>
        <translation>За период</translation>
    </message>
    <message>
        <source>Kept</source>
        <translation>Сдержано</translation>
    </message>
    <message>
        <source>Load of the team</source>
        <translation>Загрузка команды</translation>
    </message>
    <message>
        <source>Mail</source>
        <translation>Почта</translation>
    </message>
    <message>
        <source>Mean of the answers to the question of satisfaction, 1 to 5, by the day of asking, and the share of those asked who answered. Under five answers only their number is told.</source>
        <translation>Среднее ответов на вопрос об удовлетворённости, от 1 до 5, по дню вопроса, и доля ответивших. Если ответов меньше пяти, показано только их число.</translation>
    </message>
    <message>
        <source>Median first answer</source>
        <translation>Медиана первого ответа</translation>
    </message>
    <message>
        <source>Median time to the solution</source>
        <translation>Медиана времени до решения</translation>
    </message>
    <message>
        <source>Median working time from the receipt of a request to its first answer, in the hours of its contract, else of the desk. When a request is opened again, it waits for its answer anew, and the last round counts.</source>
        <translation>Медиана рабочего времени от поступления заявки до первого ответа, по часам её договора, а без него — поддержки. Заявка, открытая снова, ждёт ответа заново, и считается последний круг.</translation>
    </message>
    <message>
        <source>Minimum</source>
        <translation>Минимум</translation>
    </message>
    <message>
        <source>Month</source>
        <translation>Месяц</translation>
    </message>
    <message>
        <source>Move told beforehand</source>
        <translation>О переносе сказано заранее</translation>
    </message>
    <message>
        <source>Net Promoter Score: of the answers to “would you recommend us”, 0 to 10, the per cent of 9 and 10 less the per cent of 0 to 6; from −100 to 100, by the day of asking. Under five answers only their number is told.</source>
        <translation>Индекс готовности рекомендовать: среди ответов на вопрос «порекомендуете ли вы нас», от 0 до 10, процент оценок 9 и 10 минус процент оценок от 0 до 6; от −100 до 100, по дню вопроса. Если ответов меньше пяти, показано только их число.</translation>
    </message>
    <message>
        <source>Nothing in this period. Choose a longer one.</source>
        <translation>За этот период ничего нет. Выберите период длиннее.</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Номер</translation>
    </message>
    <message>
        <source>Of the first promises whose date lies in the period, the share of tickets that were resolved by it and not opened again. A promise that was moved counts by its first date, also when the new one was told in time; one that is still ahead does not count yet.</source>
        <translation>Доля первых обещаний со сроком в этом периоде, к которым заявка была решена и больше не открывалась. Перенесённое обещание считается по первому сроку, даже если о новом сказали вовремя; то, чей срок ещё впереди, пока не считается.</translation>
    </message>
    <message>
        <source>Of the moves of promises whose first date lies in the period, the share of those that were told before the old date passed. A new date after a customer disagreed is no move.</source>
        <translation>Доля переносов обещаний с первым сроком в этом периоде, о которых сказали раньше, чем прошёл старый срок. Новый срок после возражения клиента переносом не считается.</translation>
    </message>
    <message>
        <source>Of the questions of recommendation asked in the period, the share that was answered.</source>
        <translation>Доля заданных за период вопросов о рекомендации, на которые ответили.</translation>
    </message>
    <message>
        <source>Of the questions of satisfaction asked in the period, the share that was answered.</source>
        <translation>Доля заданных за период вопросов об удовлетворённости, на которые ответили.</translation>
    </message>
    <message>
        <source>Of the requests resolved in the period, the median working time from receipt to the solution, in the hours of the contract, else of the desk. Waiting counts; refused requests are left out.</source>
        <translation>Медиана рабочего времени от поступления до решения у заявок, решённых за период, по часам договора, а без него — поддержки. Ожидание считается; отказы не входят.</translation>
    </message>
    <message>
        <source>Of the requests resolved in the period, the share that had been opened again before: the customer disagreed or wrote again after closing.</source>
        <translation>Доля заявок, решённых за период, которые до этого открывали снова: клиент возразил или написал после закрытия.</translation>
    </message>
    <message>
        <source>Of the requests resolved in the period, the share that stayed on the first line and was never handed to a higher one. A hand-over that was returned does not count.</source>
        <translation>Доля заявок, решённых за период, которые остались на первой линии и не передавались выше. Возвращённая передача не считается.</translation>
    </message>
    <message>
        <source>Of the tickets first answered in the period, the share answered within the desk's rule. An answer is a promise, a refusal or the solution; acknowledgements, other automatic letters and notes are none.</source>
        <translation>Доля заявок с первым ответом в этом периоде, на которые ответили за время по правилу. Ответ — это обещание, отказ или решение; подтверждения, другие автоматические письма и заметки ответом не считаются.</translation>
    </message>
    <message>
        <source>Of working time</source>
        <translation>От рабочего времени</translation>
    </message>
    <message>
        <source>On site</source>
        <translation>На месте</translation>
    </message>
    <message>
        <source>Opened again</source>
        <translation>Открыты снова</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>Прочее</translation>
    </message>
    <message>
        <source>Over by half</source>
        <translation>Больше в 1,5 раза</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>Обзор</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>Деталь</translation>
    </message>
    <message>
        <source>Period</source>
        <translation>Период</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>Телефон</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>Печать</translation>
    </message>
    <message>
        <source>Promised</source>
        <translation>Обещано</translation>
    </message>
    <message>
        <source>Promises by time</source>
        <translation>Обещания по времени</translation>
    </message>
    <message>
        <source>Promises kept</source>
        <translation>Обещания сдержаны</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>Поступило</translation>
    </message>
    <message>
        <source>Reopened</source>
        <translation>Возвращено</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Отчёт</translation>
    </message>
    <message>
        <source>Requests received</source>
        <translation>Поступило заявок</translation>
    </message>
    <message>
        <source>Requests received in the period; kept is of those whose first promise is decided or has passed.</source>
        <translation>Заявки, поступившие за период; сдержано — из тех, чьё первое обещание решено или прошло.</translation>
    </message>
    <message>
        <source>Requests resolved</source>
        <translation>Решено заявок</translation>
    </message>
    <message>
        <source>Requests resolved in the period that had an estimate and recorded time.</source>
        <translation>Заявки, решённые за период, с оценкой и записанным временем.</translation>
    </message>
    <message>
        <source>Requests resolved in the period; time to solve is the mean working time from receipt.</source>
        <translation>Заявки, решённые за период; время решения — среднее рабочее время от поступления.</translation>
    </message>
    <message>
        <source>Requests that came in the period by any channel. Spam, letters that were no request, and requests merged into others are left out.</source>
        <translation>Заявки, поступившие за период по любому каналу. Без спама, писем, которые не были заявками, и заявок, объединённых с другими.</translation>
    </message>
    <message>
        <source>Requests whose solution was told in the period and that were not opened again since.</source>
        <translation>Заявки, о решении которых сообщили в этом периоде и которые с тех пор не открыли снова.</translation>
    </message>
    <message>
        <source>Resolved</source>
        <translation>Решено</translation>
    </message>
    <message>
        <source>Save as CSV</source>
        <translation>Сохранить в CSV</translation>
    </message>
    <message>
        <source>Save as PDF</source>
        <translation>Сохранить в PDF</translation>
    </message>
    <message>
        <source>Save as XLSX</source>
        <translation>Сохранить в XLSX</translation>
    </message>
    <message>
        <source>Save the report</source>
        <translation>Сохранить отчёт</translation>
    </message>
    <message>
        <source>Saved.</source>
        <translation>Сохранено.</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>Доля</translation>
    </message>
    <message>
        <source>Share reopened</source>
        <translation>Доля возвратов</translation>
    </message>
    <message>
        <source>Solved on the first line</source>
        <translation>Решено на первой линии</translation>
    </message>
    <message>
        <source>Spare parts</source>
        <translation>Запчасти</translation>
    </message>
    <message>
        <source>Specialist</source>
        <translation>Специалист</translation>
    </message>
    <message>
        <source>Specialists</source>
        <translation>Специалисты</translation>
    </message>
    <message>
        <source>Spent</source>
        <translation>Затрачено</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Состояние</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Статус</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>Тема</translation>
    </message>
    <message>
        <source>The figures are on the clipboard.</source>
        <translation>Показатели в буфере обмена.</translation>
    </message>
    <message>
        <source>The figures below are those of before.</source>
        <translation>Ниже прежние цифры.</translation>
    </message>
    <message>
        <source>The same as a table</source>
        <translation>То же таблицей</translation>
    </message>
    <message>
        <source>The whole team</source>
        <translation>Вся команда</translation>
    </message>
    <message>
        <source>Tickets</source>
        <translation>Заявки</translation>
    </message>
    <message>
        <source>Time by channel</source>
        <translation>Время по каналам</translation>
    </message>
    <message>
        <source>Time by specialist</source>
        <translation>Время по специалистам</translation>
    </message>
    <message>
        <source>Time recorded by each; the last column is of their own working time so far, absences left out.</source>
        <translation>Время, записанное каждым; последний столбец — от собственного рабочего времени к этому часу, без отсутствий.</translation>
    </message>
    <message>
        <source>Time recorded in the period; work at the desk counts for the way in which its request came.</source>
        <translation>Время, записанное за период; работа за столом относится к каналу, по которому пришла заявка.</translation>
    </message>
    <message>
        <source>Time recorded on requests as a share of the working time of all specialists of the desk so far, absences left out.</source>
        <translation>Время, записанное на заявки, как доля рабочего времени всех специалистов к этому часу, без отсутствий.</translation>
    </message>
    <message>
        <source>Time to solve</source>
        <translation>Время решения</translation>
    </message>
    <message>
        <source>Times used</source>
        <translation>Применений</translation>
    </message>
    <message>
        <source>Travel</source>
        <translation>Дорога</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Попробовать ещё раз</translation>
    </message>
    <message>
        <source>Use of the knowledge base</source>
        <translation>Польза базы знаний</translation>
    </message>
    <message>
        <source>Used</source>
        <translation>Израсходовано</translation>
    </message>
    <message>
        <source>Visit</source>
        <translation>Выезд</translation>
    </message>
    <message>
        <source>Visits</source>
        <translation>Выезды</translation>
    </message>
    <message>
        <source>Web</source>
        <translation>Сайт</translation>
    </message>
    <message>
        <source>Week</source>
        <translation>Неделя</translation>
    </message>
    <message>
        <source>What it counts</source>
        <translation>Что считает</translation>
    </message>
    <message>
        <source>Which customers</source>
        <translation>Какие клиенты</translation>
    </message>
    <message>
        <source>Whose tickets</source>
        <translation>Чьи заявки</translation>
    </message>
    <message>
        <source>Work</source>
        <translation>Работа</translation>
    </message>
    <message>
        <source>Would recommend us (NPS)</source>
        <translation>Готовы рекомендовать (NPS)</translation>
    </message>
    <message>
        <source>Year</source>
        <translation>Год</translation>
    </message>
    <message>
        <source>Zone</source>
        <translation>Зона</translation>
    </message>
    <message>
        <source>Zones of the fault</source>
        <translation>Зоны неисправности</translation>
    </message>
    <message>
        <source>as before</source>
        <translation>как раньше</translation>
    </message>
    <message>
        <source>broken</source>
        <translation>сорваны</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>отменён</translation>
    </message>
    <message>
        <source>done</source>
        <translation>завершён</translation>
    </message>
    <message>
        <source>estimated %1, took %2</source>
        <translation>оценка %1, факт %2</translation>
    </message>
    <message>
        <source>kept</source>
        <translation>сдержаны</translation>
    </message>
    <message>
        <source>later %1 of %2</source>
        <translation>позже %1 из %2</translation>
    </message>
    <message>
        <source>limit of %1</source>
        <translation>граница %1</translation>
    </message>
    <message>
        <source>median %1</source>
        <translation>медиана %1</translation>
    </message>
    <message>
        <source>moved beforehand</source>
        <translation>перенесены заранее</translation>
    </message>
    <message>
        <source>not set</source>
        <translation>не указана</translation>
    </message>
    <message>
        <source>of 100</source>
        <translation>из 100</translation>
    </message>
    <message>
        <source>of 5</source>
        <translation>из 5</translation>
    </message>
    <message>
        <source>on site</source>
        <translation>на месте</translation>
    </message>
    <message>
        <source>on the way</source>
        <translation>в пути</translation>
    </message>
    <message>
        <source>over %1</source>
        <translation>дольше %1</translation>
    </message>
    <message>
        <source>over by half</source>
        <translation>больше в 1,5 раза</translation>
    </message>
    <message>
        <source>planned</source>
        <translation>запланирован</translation>
    </message>
    <message>
        <source>share kept above the column</source>
        <translation>% сдержанных</translation>
    </message>
    <message>
        <source>without automatic letters</source>
        <translation>без автоответов</translation>
    </message>
    <message numerus="yes">
        <source>working time, %n ticket(s)</source>
        <translation>
            <numerusform>рабочее время, %n заявка</numerusform>
            <numerusform>рабочее время, %n заявки</numerusform>
            <numerusform>рабочее время, %n заявок</numerusform>
        </translation>
    </message>
    <message>
        <source>“%1” could not be counted.</source>
        <translation>«%1»: посчитать не удалось.</translation>
    </message>
</context>
<context>
    <name>RestoreDialog</name>
    <message numerus="yes">
        <source>%n change(s) of now are nowhere else; they stay in that copy.</source>
        <translation>
            <numerusform>%n нынешнее изменение нигде больше не записано; оно останется в той копии.</numerusform>
            <numerusform>%n нынешних изменения нигде больше не записаны; они останутся в той копии.</numerusform>
            <numerusform>%n нынешних изменений нигде больше не записаны; они останутся в той копии.</numerusform>
        </translation>
    </message>
    <message>
        <source>A copy of the desk as it is now is made first, so that this can be taken back.</source>
        <translation>Сначала будет сделана копия нынешней базы, чтобы можно было вернуться.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <source>Customers</source>
        <translation>Клиенты</translation>
    </message>
    <message>
        <source>Entries</source>
        <translation>Записи</translation>
    </message>
    <message>
        <source>In the copy</source>
        <translation>В копии</translation>
    </message>
    <message>
        <source>Letters</source>
        <translation>Письма</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Сейчас</translation>
    </message>
    <message>
        <source>Promises</source>
        <translation>Обещания</translation>
    </message>
    <message>
        <source>Put a copy back</source>
        <translation>Восстановление копии</translation>
    </message>
    <message>
        <source>Put this copy back</source>
        <translation>Восстановить эту копию</translation>
    </message>
    <message>
        <source>The desk is shared: the next round brings back what the others have.</source>
        <translation>База общая: при следующем соединении вернётся всё, что есть у других.</translation>
    </message>
    <message>
        <source>The desk of %1</source>
        <translation>База от %1</translation>
    </message>
    <message>
        <source>Tickets</source>
        <translation>Заявки</translation>
    </message>
</context>
<context>
    <name>RulePage</name>
    <message>
        <source>0: a resolved ticket stays open until the customer agrees; a contract may say otherwise</source>
        <translation>0: решённая заявка открыта, пока клиент не согласится; в договоре может быть иначе</translation>
    </message>
    <message>
        <source>0: by a person; twice at most</source>
        <translation>0: вручную; не больше двух раз</translation>
    </message>
    <message>
        <source>A digit in the answer is written down</source>
        <translation>Цифра в ответе записывается</translation>
    </message>
    <message>
        <source>A later letter to a closed ticket opens a new one</source>
        <translation>Более позднее письмо заводит новую заявку</translation>
    </message>
    <message>
        <source>A letter reopens within</source>
        <translation>Письмо открывает снова</translation>
    </message>
    <message>
        <source>A question is asked again after</source>
        <translation>Повторить вопрос через</translation>
    </message>
    <message>
        <source>A question stops the answer clock</source>
        <translation>Вопрос останавливает срок ответа</translation>
    </message>
    <message>
        <source>A short automatic letter to a new ticket</source>
        <translation>Короткое автоматическое письмо на новую заявку</translation>
    </message>
    <message>
        <source>Answer within</source>
        <translation>Ответить за</translation>
    </message>
    <message>
        <source>Asked after consent</source>
        <translation>После согласия спрашивать</translation>
    </message>
    <message>
        <source>Automatic letters an hour</source>
        <translation>Автоматических писем в час</translation>
    </message>
    <message>
        <source>Beside a break at least</source>
        <translation>Рядом с перерывом не меньше</translation>
    </message>
    <message>
        <source>By itself, where silence closes</source>
        <translation>Само, там, где молчание закрывает</translation>
    </message>
    <message>
        <source>Closed by silence after</source>
        <translation>Закрывать без ответа через</translation>
    </message>
    <message>
        <source>Closing</source>
        <translation>Закрытие</translation>
    </message>
    <message>
        <source>Desk</source>
        <translation>Служба</translation>
    </message>
    <message>
        <source>How satisfied, 1 to 5</source>
        <translation>Насколько доволен, от 1 до 5</translation>
    </message>
    <message>
        <source>Its working hours</source>
        <translation>Рабочие часы</translation>
    </message>
    <message>
        <source>Looked ahead</source>
        <translation>Смотреть вперёд</translation>
    </message>
    <message>
        <source>Margin</source>
        <translation>Надбавка</translation>
    </message>
    <message>
        <source>Name of the desk</source>
        <translation>Название службы</translation>
    </message>
    <message>
        <source>No piece shorter than</source>
        <translation>Часть не короче</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>Ничего</translation>
    </message>
    <message>
        <source>Pieces of work</source>
        <translation>Части работы</translation>
    </message>
    <message>
        <source>Promise</source>
        <translation>Обещание</translation>
    </message>
    <message>
        <source>Reminded before, after</source>
        <translation>Перед этим напомнить через</translation>
    </message>
    <message>
        <source>Rounded up to</source>
        <translation>Округлять вверх до</translation>
    </message>
    <message>
        <source>Stands under letters</source>
        <translation>Стоит под письмами</translation>
    </message>
    <message>
        <source>Tell the number at once</source>
        <translation>Сразу сообщать номер</translation>
    </message>
    <message>
        <source>Tell the state by letter</source>
        <translation>Сообщать состояние письмом</translation>
    </message>
    <message>
        <source>The answer clock runs by them</source>
        <translation>По ним идёт срок ответа</translation>
    </message>
    <message>
        <source>To a participant who asks “status”</source>
        <translation>Участнику, который спросит «статус»</translation>
    </message>
    <message>
        <source>To one address at most</source>
        <translation>Не больше, на один адрес</translation>
    </message>
    <message>
        <source>Unless a break cuts it or the whole work is</source>
        <translation>Если её не режет перерыв и вся работа не короче</translation>
    </message>
    <message>
        <source>Waiting for a part stops contract clocks</source>
        <translation>Ожидание детали останавливает сроки договоров</translation>
    </message>
    <message>
        <source>Waiting for a visit stops contract clocks</source>
        <translation>Ожидание выезда останавливает сроки договоров</translation>
    </message>
    <message>
        <source>Working time added to the finish before promising</source>
        <translation>Рабочее время сверх окончания, прежде чем обещать</translation>
    </message>
    <message>
        <source>Working time from receipt to a date or a refusal</source>
        <translation>Рабочее время от письма до срока или отказа</translation>
    </message>
    <message>
        <source>Would recommend us, 0 to 10</source>
        <translation>Порекомендует ли нас, от 0 до 10</translation>
    </message>
    <message>
        <source>days</source>
        <translation>дн</translation>
    </message>
    <message>
        <source>working days</source>
        <translation>раб. дн</translation>
    </message>
</context>
<context>
    <name>Sayings</name>
    <message>
        <source>%1 changed</source>
        <translation>%1: изменено</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>ticket, what was done</comment>
        <translation>%1: %2</translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s)</source>
        <translation>
            <numerusform>%n заявка</numerusform>
            <numerusform>%n заявки</numerusform>
            <numerusform>%n заявок</numerusform>
        </translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Изменено</translation>
    </message>
    <message>
        <source>address is valid again</source>
        <translation>адрес снова действует</translation>
    </message>
    <message>
        <source>agreement on the time kept</source>
        <translation>условия по времени сохранены</translation>
    </message>
    <message>
        <source>answers recorded</source>
        <translation>ответы записаны</translation>
    </message>
    <message>
        <source>article changed</source>
        <translation>статья изменена</translation>
    </message>
    <message>
        <source>article checked</source>
        <translation>статья проверена</translation>
    </message>
    <message>
        <source>article made</source>
        <translation>статья создана</translation>
    </message>
    <message>
        <source>article used</source>
        <translation>статья использована</translation>
    </message>
    <message>
        <source>brought back</source>
        <translation>возвращена в очередь</translation>
    </message>
    <message>
        <source>call recorded</source>
        <translation>звонок записан</translation>
    </message>
    <message>
        <source>cause set</source>
        <translation>причина изменена</translation>
    </message>
    <message>
        <source>choice made</source>
        <translation>выбор сделан</translation>
    </message>
    <message>
        <source>closed; who agreed is not named among those who may</source>
        <translation>закрыта; согласившийся не указан среди тех, кто вправе</translation>
    </message>
    <message>
        <source>consent recorded, closed</source>
        <translation>согласие записано, закрыта</translation>
    </message>
    <message>
        <source>contract %1 changed</source>
        <translation>изменён договор %1</translation>
    </message>
    <message>
        <source>contract changed</source>
        <translation>изменён договор</translation>
    </message>
    <message>
        <source>contract chosen</source>
        <translation>выбран договор</translation>
    </message>
    <message>
        <source>customer changed</source>
        <translation>изменён клиент</translation>
    </message>
    <message>
        <source>customer set</source>
        <translation>клиент изменён</translation>
    </message>
    <message>
        <source>customers merged</source>
        <translation>клиенты объединены</translation>
    </message>
    <message>
        <source>desk imported</source>
        <translation>база загружена</translation>
    </message>
    <message>
        <source>effort %1</source>
        <translation>трудоёмкость %1</translation>
    </message>
    <message>
        <source>effort set</source>
        <translation>трудоёмкость изменена</translation>
    </message>
    <message>
        <source>followed</source>
        <translation>вы следите</translation>
    </message>
    <message>
        <source>handed over</source>
        <translation>передана</translation>
    </message>
    <message>
        <source>letter came in</source>
        <translation>пришло письмо</translation>
    </message>
    <message>
        <source>letter settled</source>
        <translation>судьба письма решена</translation>
    </message>
    <message>
        <source>letter taken back</source>
        <translation>письмо отозвано</translation>
    </message>
    <message>
        <source>letter tried again</source>
        <translation>письмо отправлено ещё раз</translation>
    </message>
    <message>
        <source>letter written</source>
        <translation>письмо написано</translation>
    </message>
    <message>
        <source>line L%1</source>
        <translation>линия L%1</translation>
    </message>
    <message>
        <source>line set</source>
        <translation>линия изменена</translation>
    </message>
    <message>
        <source>linked to the fault</source>
        <translation>связана с общей неисправностью</translation>
    </message>
    <message>
        <source>macro done</source>
        <translation>макрос выполнен</translation>
    </message>
    <message>
        <source>mark of satisfaction written down</source>
        <translation>оценка записана</translation>
    </message>
    <message>
        <source>may begin at once</source>
        <translation>можно начинать сразу</translation>
    </message>
    <message>
        <source>merged</source>
        <translation>объединена</translation>
    </message>
    <message>
        <source>moved in the plan</source>
        <translation>сдвинута в плане</translation>
    </message>
    <message>
        <source>moved in the plan</source>
        <comment>several</comment>
        <translation>сдвинуты в плане</translation>
    </message>
    <message>
        <source>new date %1 told</source>
        <translation>новый срок %1 сообщён</translation>
    </message>
    <message>
        <source>new date told</source>
        <translation>срок перенесён</translation>
    </message>
    <message>
        <source>no longer followed</source>
        <translation>вы больше не следите</translation>
    </message>
    <message>
        <source>no longer snoozed</source>
        <translation>больше не отложена</translation>
    </message>
    <message>
        <source>not before %1</source>
        <translation>не раньше %1</translation>
    </message>
    <message>
        <source>note corrected</source>
        <translation>запись исправлена</translation>
    </message>
    <message>
        <source>note recorded</source>
        <translation>запись сделана</translation>
    </message>
    <message>
        <source>on its own again</source>
        <translation>снова сама по себе</translation>
    </message>
    <message>
        <source>on site</source>
        <translation>на месте</translation>
    </message>
    <message>
        <source>on the way</source>
        <translation>в пути</translation>
    </message>
    <message>
        <source>order cancelled</source>
        <translation>заказ отменён</translation>
    </message>
    <message>
        <source>part changed</source>
        <translation>деталь изменена</translation>
    </message>
    <message>
        <source>part ordered</source>
        <translation>деталь заказана</translation>
    </message>
    <message>
        <source>part released</source>
        <translation>резерв снят</translation>
    </message>
    <message>
        <source>part reserved</source>
        <translation>деталь зарезервирована</translation>
    </message>
    <message>
        <source>parts came in</source>
        <translation>детали поступили</translation>
    </message>
    <message>
        <source>parts moved</source>
        <translation>детали перемещены</translation>
    </message>
    <message>
        <source>parts used</source>
        <translation>детали израсходованы</translation>
    </message>
    <message>
        <source>people merged</source>
        <translation>люди объединены</translation>
    </message>
    <message>
        <source>pinned</source>
        <translation>закреплена</translation>
    </message>
    <message>
        <source>pinned</source>
        <comment>several</comment>
        <translation>закреплены</translation>
    </message>
    <message>
        <source>planned</source>
        <translation>поставлена в план</translation>
    </message>
    <message>
        <source>product set</source>
        <translation>продукт изменён</translation>
    </message>
    <message>
        <source>promise given</source>
        <translation>срок назван</translation>
    </message>
    <message>
        <source>promised %1</source>
        <translation>обещано %1</translation>
    </message>
    <message>
        <source>put back</source>
        <translation>убрана из плана</translation>
    </message>
    <message>
        <source>put back</source>
        <comment>several</comment>
        <translation>убраны из плана</translation>
    </message>
    <message>
        <source>re-planned</source>
        <translation>план перестроен</translation>
    </message>
    <message>
        <source>refusal given</source>
        <translation>отказ отправлен</translation>
    </message>
    <message>
        <source>reminder done</source>
        <translation>напоминание снято</translation>
    </message>
    <message>
        <source>reminder set</source>
        <translation>напоминание поставлено</translation>
    </message>
    <message>
        <source>reopened</source>
        <translation>открыта снова</translation>
    </message>
    <message>
        <source>reopened, not fixed</source>
        <translation>открыта снова, не исправлено</translation>
    </message>
    <message>
        <source>requester set</source>
        <translation>заявитель изменён</translation>
    </message>
    <message>
        <source>resolved</source>
        <translation>решена</translation>
    </message>
    <message>
        <source>returned with a reason</source>
        <translation>возвращена с причиной</translation>
    </message>
    <message>
        <source>roster changed</source>
        <translation>график дежурств изменён</translation>
    </message>
    <message>
        <source>rows imported</source>
        <translation>строки загружены</translation>
    </message>
    <message>
        <source>saved search taken away</source>
        <translation>сохранённый поиск убран</translation>
    </message>
    <message>
        <source>search saved</source>
        <translation>поиск сохранён</translation>
    </message>
    <message>
        <source>sender added to the customer</source>
        <translation>отправитель добавлен к клиенту</translation>
    </message>
    <message>
        <source>set aside</source>
        <translation>убрана из очереди</translation>
    </message>
    <message>
        <source>set to wait</source>
        <translation>переведена в ожидание</translation>
    </message>
    <message>
        <source>setting changed</source>
        <translation>настройка изменена</translation>
    </message>
    <message>
        <source>skill set</source>
        <translation>навык изменён</translation>
    </message>
    <message>
        <source>snoozed</source>
        <translation>отложена до срока</translation>
    </message>
    <message>
        <source>specialist set</source>
        <translation>специалист изменён</translation>
    </message>
    <message>
        <source>split</source>
        <translation>разделена</translation>
    </message>
    <message>
        <source>split off</source>
        <translation>выделена из письма</translation>
    </message>
    <message>
        <source>state of the article set</source>
        <translation>состояние статьи изменено</translation>
    </message>
    <message>
        <source>stock counted</source>
        <translation>склад пересчитан</translation>
    </message>
    <message>
        <source>subject set</source>
        <translation>тема изменена</translation>
    </message>
    <message>
        <source>taken apart again</source>
        <translation>разъединена</translation>
    </message>
    <message numerus="yes">
        <source>taken apart again, %n planned block(s) found their time taken</source>
        <translation>
            <numerusform>разъединена, время %n блока плана уже занято</numerusform>
            <numerusform>разъединена, время %n блоков плана уже занято</numerusform>
            <numerusform>разъединена, время %n блоков плана уже занято</numerusform>
        </translation>
    </message>
    <message>
        <source>taken over</source>
        <translation>принята</translation>
    </message>
    <message>
        <source>ticket made</source>
        <translation>заявка создана</translation>
    </message>
    <message>
        <source>timer paused</source>
        <translation>таймер на паузе</translation>
    </message>
    <message>
        <source>timer started</source>
        <translation>таймер запущен</translation>
    </message>
    <message>
        <source>timer stopped</source>
        <translation>таймер остановлен</translation>
    </message>
    <message>
        <source>undone</source>
        <translation>отменено</translation>
    </message>
    <message>
        <source>unpinned</source>
        <translation>откреплена</translation>
    </message>
    <message>
        <source>unpinned</source>
        <comment>several</comment>
        <translation>откреплены</translation>
    </message>
    <message>
        <source>urgency %1</source>
        <translation>срочность %1</translation>
    </message>
    <message>
        <source>urgency set</source>
        <translation>срочность изменена</translation>
    </message>
    <message>
        <source>version chosen</source>
        <translation>версия выбрана</translation>
    </message>
    <message>
        <source>visit cancelled</source>
        <translation>выезд отменён</translation>
    </message>
    <message>
        <source>visit changed</source>
        <translation>выезд изменён</translation>
    </message>
    <message>
        <source>visit confirmed</source>
        <translation>выезд подтверждён</translation>
    </message>
    <message>
        <source>visit done</source>
        <translation>выезд выполнен</translation>
    </message>
    <message>
        <source>visit planned</source>
        <translation>выезд запланирован</translation>
    </message>
    <message>
        <source>visit planned, %1</source>
        <translation>выезд запланирован, %1</translation>
    </message>
    <message>
        <source>wanted date set</source>
        <translation>желаемый срок изменён</translation>
    </message>
    <message>
        <source>went up a line</source>
        <translation>поднялась на линию выше</translation>
    </message>
    <message>
        <source>work resumed</source>
        <translation>работа продолжена</translation>
    </message>
    <message>
        <source>work started</source>
        <translation>работа начата</translation>
    </message>
    <message>
        <source>zone of the fault set</source>
        <translation>зона неисправности изменена</translation>
    </message>
</context>
<context>
    <name>Screens</name>
    <message>
        <source>Calendar</source>
        <translation>Календарь</translation>
    </message>
    <message>
        <source>Customers</source>
        <translation>Клиенты</translation>
    </message>
    <message>
        <source>Knowledge</source>
        <translation>База</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Очередь</translation>
    </message>
    <message>
        <source>Reports</source>
        <translation>Отчёты</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Настройки</translation>
    </message>
    <message>
        <source>Sync</source>
        <translation>Синхр.</translation>
    </message>
    <message>
        <source>Visits</source>
        <translation>Выезды</translation>
    </message>
</context>
<context>
    <name>Service</name>
    <message>
        <source>Code or name; ×2 for two</source>
        <translation>Код или название; ×2 для двух</translation>
    </message>
    <message>
        <source>Insert an article</source>
        <translation>Вставить статью</translation>
    </message>
    <message>
        <source>No article has these words.</source>
        <translation>Статей с такими словами нет.</translation>
    </message>
    <message>
        <source>Number or words of the ticket</source>
        <translation>Номер или слова заявки</translation>
    </message>
    <message>
        <source>Remind me</source>
        <translation>Напомнить</translation>
    </message>
    <message>
        <source>Reserve a part</source>
        <translation>Зарезервировать деталь</translation>
    </message>
    <message>
        <source>The answer clock of a new ticket goes on; the promise stays as it is.</source>
        <translation>Срок ответа новой заявки идёт; обещание остаётся прежним.</translation>
    </message>
    <message>
        <source>There is no such part.</source>
        <translation>Такой детали нет.</translation>
    </message>
    <message>
        <source>This is no time to come: fri 9, 12.11 15:00, in 2 h; or nothing.</source>
        <translation>Это не будущее время. Например: пт 9, 12.11 15:00, через 2 ч; или ничего.</translation>
    </message>
    <message>
        <source>Wait</source>
        <translation>Ждать</translation>
    </message>
    <message>
        <source>What exactly</source>
        <translation>Что именно</translation>
    </message>
    <message>
        <source>What for</source>
        <translation>Чего ждём</translation>
    </message>
    <message>
        <source>Which fault is it part of?</source>
        <translation>Частью какой неисправности она является?</translation>
    </message>
    <message>
        <source>Words or number</source>
        <translation>Слова или номер</translation>
    </message>
    <message>
        <source>a part</source>
        <translation>деталь</translation>
    </message>
    <message>
        <source>a third party</source>
        <translation>третью сторону</translation>
    </message>
    <message>
        <source>a visit</source>
        <translation>выезд</translation>
    </message>
    <message>
        <source>free: %1</source>
        <translation>свободно: %1</translation>
    </message>
    <message>
        <source>fri 9, 12.11 15:00; or nothing</source>
        <translation>пт 9, 12.11 15:00; или ничего</translation>
    </message>
    <message>
        <source>none</source>
        <translation>нет</translation>
    </message>
    <message>
        <source>on order: %1</source>
        <translation>в заказе: %1</translation>
    </message>
    <message>
        <source>the customer</source>
        <translation>клиента</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>Closing the last window leaves the icon</source>
        <translation>Закрытие последнего окна оставляет значок</translation>
    </message>
    <message>
        <source>Icon in the tray</source>
        <translation>Значок в трее</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Язык</translation>
    </message>
    <message>
        <source>List density</source>
        <translation>Плотность списков</translation>
    </message>
    <message>
        <source>Motion</source>
        <translation>Движение</translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation>Уведомления</translation>
    </message>
    <message>
        <source>Notifications without names and words of letters</source>
        <translation>Уведомления без имён и слов писем</translation>
    </message>
    <message>
        <source>Seconds before a letter leaves</source>
        <translation>Секунд до отправки письма</translation>
    </message>
    <message>
        <source>Single-letter keys</source>
        <translation>Клавиши из одной буквы</translation>
    </message>
    <message>
        <source>Step of the first-run assistant, 0 when it is done</source>
        <translation>Шаг помощника первого запуска, 0 если пройден</translation>
    </message>
    <message>
        <source>Tell of a choice between two changes</source>
        <translation>Сообщать о выборе между изменениями</translation>
    </message>
    <message>
        <source>Tell of a new letter that nobody owns</source>
        <translation>Сообщать о письме без специалиста</translation>
    </message>
    <message>
        <source>Tell of a promise that will not hold</source>
        <translation>Сообщать, что обещание не выдержать</translation>
    </message>
    <message>
        <source>Tell of a ticket that is handed over</source>
        <translation>Сообщать о переданной заявке</translation>
    </message>
    <message>
        <source>Tell of an answer that is nearly due</source>
        <translation>Сообщать о скором сроке ответа</translation>
    </message>
    <message>
        <source>Tell of being named</source>
        <translation>Сообщать об упоминании</translation>
    </message>
    <message>
        <source>Tell of reminders</source>
        <translation>Сообщать о напоминаниях</translation>
    </message>
    <message>
        <source>The demo desk's moment</source>
        <translation>Момент демонстрации</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Тема</translation>
    </message>
    <message>
        <source>When notifications are silent</source>
        <translation>Когда уведомления молчат</translation>
    </message>
    <message>
        <source>Who works here</source>
        <translation>Кто здесь работает</translation>
    </message>
</context>
<context>
    <name>Settings pages</name>
    <message>
        <source>A lead or an administrator of the desk can change this.</source>
        <translation>Изменить это может руководитель или администратор.</translation>
    </message>
    <message>
        <source>Absences</source>
        <translation>Отсутствия</translation>
    </message>
    <message>
        <source>An administrator of the desk can change this.</source>
        <translation>Изменить это может администратор.</translation>
    </message>
    <message>
        <source>Answer rule</source>
        <translation>Правило ответа</translation>
    </message>
    <message>
        <source>Assignment and escalation</source>
        <translation>Назначение и эскалация</translation>
    </message>
    <message>
        <source>Calendars</source>
        <translation>Календари</translation>
    </message>
    <message>
        <source>Causes, zones and skills</source>
        <translation>Причины, зоны и навыки</translation>
    </message>
    <message>
        <source>Data and backup</source>
        <translation>Данные и копии</translation>
    </message>
    <message>
        <source>Duty</source>
        <translation>Дежурства</translation>
    </message>
    <message>
        <source>Import and export</source>
        <translation>Импорт и экспорт</translation>
    </message>
    <message>
        <source>Letters</source>
        <translation>Письма</translation>
    </message>
    <message>
        <source>Macros</source>
        <translation>Макросы</translation>
    </message>
    <message>
        <source>Mail</source>
        <translation>Почта</translation>
    </message>
    <message>
        <source>Maintenance</source>
        <translation>Регламентные работы</translation>
    </message>
    <message>
        <source>Me</source>
        <translation>Я</translation>
    </message>
    <message>
        <source>Nothing here yet.</source>
        <translation>Здесь пока пусто.</translation>
    </message>
    <message>
        <source>Sharing and data store</source>
        <translation>Общая база и данные</translation>
    </message>
    <message>
        <source>Team</source>
        <translation>Команда</translation>
    </message>
</context>
<context>
    <name>SettingsScreen</name>
    <message>
        <source>Find a setting</source>
        <translation>Найти настройку</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Страницы</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Настройки</translation>
    </message>
</context>
<context>
    <name>SharePanel</name>
    <message>
        <source>%1 of %2 MB</source>
        <translation>%1 из %2 МБ</translation>
    </message>
    <message>
        <source>//server/desk, or postgresql://server/database</source>
        <translation>//сервер/папка или postgresql://сервер/база</translation>
    </message>
    <message>
        <source>A colleague invites you with a line or a file. This computer gets a whole copy of the desk.</source>
        <translation>Коллега приглашает строкой или файлом. На этом компьютере появится полная копия базы.</translation>
    </message>
    <message>
        <source>Check the place</source>
        <translation>Проверить место</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>Выбрать папку</translation>
    </message>
    <message>
        <source>Compare with the others</source>
        <translation>Сверить с остальными</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Скопировать</translation>
    </message>
    <message>
        <source>Everything stays on this computer. What you do from then on reaches nobody.</source>
        <translation>Всё останется на этом компьютере. Но то, что вы сделаете дальше, никто не увидит.</translation>
    </message>
    <message>
        <source>Everything that is here becomes the beginning of the shared desk. A folder of a network share does for a few desktops, PostgreSQL for many. Each desktop keeps working without a connection.</source>
        <translation>Всё, что есть здесь, станет началом общей базы. Папки на сетевом диске хватит нескольким компьютерам, PostgreSQL подойдёт многим. Каждый работает и без связи.</translation>
    </message>
    <message>
        <source>Folder or database</source>
        <translation>Папка или база данных</translation>
    </message>
    <message>
        <source>Follow</source>
        <translation>Перейти</translation>
    </message>
    <message>
        <source>Invitation</source>
        <translation>Приглашение</translation>
    </message>
    <message>
        <source>Invite a colleague</source>
        <translation>Пригласить коллегу</translation>
    </message>
    <message>
        <source>Its address has changed</source>
        <translation>Изменился её адрес</translation>
    </message>
    <message>
        <source>Join</source>
        <translation>Войти</translation>
    </message>
    <message>
        <source>Join a shared desk</source>
        <translation>Войти в общую базу</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>Выйти</translation>
    </message>
    <message>
        <source>Leave the shared desk</source>
        <translation>Выйти из общей базы</translation>
    </message>
    <message>
        <source>Look there</source>
        <translation>Искать там</translation>
    </message>
    <message>
        <source>Make it anew</source>
        <translation>Создать заново</translation>
    </message>
    <message>
        <source>Move the desk there</source>
        <translation>Перенести базу туда</translation>
    </message>
    <message>
        <source>Move to another place</source>
        <translation>Перенести в другое место</translation>
    </message>
    <message>
        <source>Nothing is exchanged with it now; everything is kept here.</source>
        <translation>Обмен с ней сейчас не идёт, всё сохранено здесь.</translation>
    </message>
    <message>
        <source>Open an invitation file</source>
        <translation>Открыть файл приглашения</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Пароль</translation>
    </message>
    <message>
        <source>Paste the line that a colleague sent you: it begins with deskapp-join:</source>
        <translation>Вставьте строку от коллеги: она начинается с deskapp-join:</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Ход работы</translation>
    </message>
    <message>
        <source>Save as a file</source>
        <translation>Сохранить в файл</translation>
    </message>
    <message>
        <source>Save the invitation</source>
        <translation>Сохранить приглашение</translation>
    </message>
    <message>
        <source>Saved: %1</source>
        <translation>Сохранено: %1</translation>
    </message>
    <message>
        <source>Send this line, or the file. It names the place only: everybody uses an account of their own.</source>
        <translation>Отправьте строку или файл. В них только место: у каждого своя учётная запись.</translation>
    </message>
    <message>
        <source>Share this desk</source>
        <translation>Сделать базу общей</translation>
    </message>
    <message>
        <source>Shared through %1.</source>
        <translation>База общая: %1.</translation>
    </message>
    <message>
        <source>Stay</source>
        <translation>Остаться</translation>
    </message>
    <message>
        <source>Stay where it is</source>
        <translation>Оставить на месте</translation>
    </message>
    <message>
        <source>Support</source>
        <translation>Поддержка</translation>
    </message>
    <message>
        <source>The desk cannot be shared there. Nothing was changed.</source>
        <translation>Там общую базу создать нельзя. Ничего не изменено.</translation>
    </message>
    <message>
        <source>The desk is shared. Send the invitation to your colleagues.</source>
        <translation>База стала общей. Отправьте приглашение коллегам.</translation>
    </message>
    <message>
        <source>The invitation is on the clipboard.</source>
        <translation>Приглашение скопировано.</translation>
    </message>
    <message>
        <source>The shared desk is at %1 now. Follow it: all of this goes along.</source>
        <translation>Общая база теперь в %1. Перейдите за ней: всё отсюда перейдёт тоже.</translation>
    </message>
    <message>
        <source>This computer has its copy of the desk now.</source>
        <translation>На этом компьютере теперь своя копия базы.</translation>
    </message>
    <message>
        <source>This copy</source>
        <translation>Эта копия</translation>
    </message>
    <message>
        <source>This copy follows the shared desk again.</source>
        <translation>Эта копия снова вместе с общей базой.</translation>
    </message>
    <message>
        <source>This copy looks for the shared desk at %1. If its folder or database has got another address, or your account another name, write it here: what waits goes along.</source>
        <translation>Эта копия ищет общую базу по адресу %1. Если папку или базу данных перенесли или изменилась ваша учётная запись, укажите новый адрес: всё, что ждёт отправки, уйдёт туда.</translation>
    </message>
    <message>
        <source>This copy was made anew; what was not shared yet is kept.</source>
        <translation>Копия создана заново, неотправленное сохранено.</translation>
    </message>
    <message>
        <source>This desk is alone again, with everything that is here.</source>
        <translation>База снова только ваша, всё на месте.</translation>
    </message>
    <message>
        <source>User of the database</source>
        <translation>Пользователь базы</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>Что сделать</translation>
    </message>
    <message>
        <source>kept in the keyring</source>
        <translation>хранится в связке ключей</translation>
    </message>
    <message>
        <source>“%1”, at %2</source>
        <translation>«%1», место: %2</translation>
    </message>
</context>
<context>
    <name>Sharing</name>
    <message>
        <source>%1 copies this folder later and lets two desktops overwrite each other: letters and promises would be lost. Choose a folder on a network share, or PostgreSQL.</source>
        <translation>%1 копирует эту папку с опозданием, и два компьютера затирают друг друга: пропадут письма и обещания. Выберите папку на сетевом диске или PostgreSQL.</translation>
    </message>
    <message>
        <source>%1 may create the desk there</source>
        <translation>%1 может создать там базу</translation>
    </message>
    <message>
        <source>%1 may not create anything there. Ask the administrator of the database.</source>
        <translation>%1 не может ничего создать там. Обратитесь к администратору базы.</translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) are not shared yet.</source>
        <translation>
            <numerusform>Ещё не отправлено: %n изменение.</numerusform>
            <numerusform>Ещё не отправлено: %n изменения.</numerusform>
            <numerusform>Ещё не отправлено: %n изменений.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n desktop(s) take part.</source>
        <translation>
            <numerusform>Участвует %n компьютер.</numerusform>
            <numerusform>Участвуют %n компьютера.</numerusform>
            <numerusform>Участвуют %n компьютеров.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ms</source>
        <translation>
            <numerusform>%n мс</numerusform>
            <numerusform>%n мс</numerusform>
            <numerusform>%n мс</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n s</source>
        <translation>
            <numerusform>%n с</numerusform>
            <numerusform>%n с</numerusform>
            <numerusform>%n с</numerusform>
        </translation>
    </message>
    <message>
        <source>A name is given to one file only</source>
        <translation>Имя достаётся только одному файлу</translation>
    </message>
    <message>
        <source>A shared desk is there already. Join it by an invitation instead.</source>
        <translation>Там уже есть общая база. Войдите в неё по приглашению.</translation>
    </message>
    <message>
        <source>Account: %1</source>
        <translation>Учётная запись: %1</translation>
    </message>
    <message>
        <source>Fast enough: %1</source>
        <translation>Скорости хватает: %1</translation>
    </message>
    <message>
        <source>It can be written to</source>
        <translation>Писать можно</translation>
    </message>
    <message>
        <source>It cannot be written to. Ask for the right to write and to delete there.</source>
        <translation>Писать нельзя. Попросите право записи и удаления.</translation>
    </message>
    <message>
        <source>Letters would travel readable: add sslmode=verify-full to the address.</source>
        <translation>Письма пойдут открыто: добавьте к адресу sslmode=verify-full.</translation>
    </message>
    <message>
        <source>No other desk is there</source>
        <translation>Другой базы там нет</translation>
    </message>
    <message>
        <source>No program copies this folder behind your back</source>
        <translation>Папку не копирует посторонняя программа</translation>
    </message>
    <message>
        <source>No ticket number is given twice</source>
        <translation>Номера заявок не повторяются</translation>
    </message>
    <message>
        <source>Not compared: changes wait here that nobody else has yet. Share them first.</source>
        <translation>Не сверено: здесь ждут изменения. Сначала отправьте их, у остальных их ещё нет.</translation>
    </message>
    <message>
        <source>Password of the shared store</source>
        <translation>Пароль общей базы</translation>
    </message>
    <message>
        <source>Password of your account at the shared store</source>
        <translation>Пароль вашей учётной записи в общей базе</translation>
    </message>
    <message>
        <source>PostgreSQL %1</source>
        <translation>PostgreSQL %1</translation>
    </message>
    <message>
        <source>PostgreSQL %1 is too old: 13 or newer is needed.</source>
        <translation>PostgreSQL %1 слишком старый: нужен 13 или новее.</translation>
    </message>
    <message>
        <source>Slow: %1. It works, but changes of colleagues appear late.</source>
        <translation>Медленно: %1. Работать будет, но изменения коллег придут с опозданием.</translation>
    </message>
    <message>
        <source>Some ticket numbers are given twice: %1. Merge those tickets.</source>
        <translation>Номера повторяются: %1. Объедините эти заявки.</translation>
    </message>
    <message>
        <source>The clocks agree: %1</source>
        <translation>Часы совпадают: %1</translation>
    </message>
    <message>
        <source>The clocks differ: %1. Set them, or dates will look wrong.</source>
        <translation>Часы расходятся: %1. Поправьте их, иначе даты будут неверными.</translation>
    </message>
    <message>
        <source>The connection is encrypted, or does not leave this machine</source>
        <translation>Связь зашифрована или не выходит с этой машины</translation>
    </message>
    <message>
        <source>The server keeps what it has acknowledged</source>
        <translation>Сервер хранит то, что подтвердил</translation>
    </message>
    <message>
        <source>The server may lose what it acknowledged: fsync or full_page_writes is off.</source>
        <translation>Сервер может потерять подтверждённое: выключены fsync или full_page_writes.</translation>
    </message>
    <message>
        <source>This account can only read (%1). Ask for the role “member”.</source>
        <translation>Учётная запись только читает (%1). Попросите роль «member».</translation>
    </message>
    <message>
        <source>This copy differs from the others. Make it anew: what is not shared is kept.</source>
        <translation>Копия отличается от остальных. Создайте её заново: неотправленное сохранится.</translation>
    </message>
    <message>
        <source>This copy equals the others</source>
        <translation>Эта копия такая же, как у остальных</translation>
    </message>
    <message>
        <source>This share gives one name to two files: two desktops would overwrite each other. Use another one.</source>
        <translation>Этот сетевой диск даёт одно имя двум файлам: компьютеры затрут друг друга. Нужен другой.</translation>
    </message>
</context>
<context>
    <name>ShortcutsOverlay</name>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>Find a command</source>
        <translation>Найти команду</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Клавиши</translation>
    </message>
    <message>
        <source>Save as PDF</source>
        <translation>Сохранить в PDF</translation>
    </message>
</context>
<context>
    <name>Side</name>
    <message>
        <source>%1 left</source>
        <translation>Осталось %1</translation>
    </message>
    <message>
        <source>%1 left, ends %2</source>
        <translation>Осталось %1, закончится %2</translation>
    </message>
    <message>
        <source>About the ticket</source>
        <translation>О заявке</translation>
    </message>
    <message>
        <source>Add this sender to a customer</source>
        <translation>Добавить отправителя к клиенту</translation>
    </message>
    <message>
        <source>Add to customer…</source>
        <translation>Добавить к клиенту…</translation>
    </message>
    <message>
        <source>Another customer…</source>
        <translation>Другой клиент…</translation>
    </message>
    <message>
        <source>Cause</source>
        <translation>Причина</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>Канал</translation>
    </message>
    <message>
        <source>Contract</source>
        <translation>Договор</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>Клиент</translation>
    </message>
    <message>
        <source>Effort</source>
        <translation>Трудоёмкость</translation>
    </message>
    <message>
        <source>Effort  %1</source>
        <translation>Трудоёмкость  %1</translation>
    </message>
    <message>
        <source>Fields</source>
        <translation>Поля</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Файлы</translation>
    </message>
    <message>
        <source>Followers</source>
        <translation>Следят</translation>
    </message>
    <message>
        <source>In the calendar</source>
        <translation>В календарь</translation>
    </message>
    <message>
        <source>L%1</source>
        <translation>L%1</translation>
    </message>
    <message>
        <source>Letters to this address come back</source>
        <translation>Письма на этот адрес возвращаются</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>Линия</translation>
    </message>
    <message>
        <source>Mail</source>
        <translation>Почта</translation>
    </message>
    <message>
        <source>Not before, deadline, pieces, on site</source>
        <translation>Не раньше, крайний срок, части, выезд</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>Телефон</translation>
    </message>
    <message>
        <source>Plan a visit</source>
        <translation>Запланировать выезд</translation>
    </message>
    <message>
        <source>Plan for today</source>
        <translation>План на сегодня</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>Продукт</translation>
    </message>
    <message>
        <source>Reserve a part</source>
        <translation>Зарезервировать деталь</translation>
    </message>
    <message>
        <source>Same fault</source>
        <translation>Та же неисправность</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>Задать</translation>
    </message>
    <message>
        <source>Similar</source>
        <translation>Похожее</translation>
    </message>
    <message>
        <source>Specialist</source>
        <translation>Исполнитель</translation>
    </message>
    <message>
        <source>The address works again</source>
        <translation>Адрес снова работает</translation>
    </message>
    <message>
        <source>The contract has ended</source>
        <translation>Договор закончился</translation>
    </message>
    <message>
        <source>Unknown sender</source>
        <translation>Неизвестный отправитель</translation>
    </message>
    <message>
        <source>Urgency</source>
        <translation>Срочность</translation>
    </message>
    <message>
        <source>VIP</source>
        <translation>VIP</translation>
    </message>
    <message>
        <source>Visit and parts</source>
        <translation>Выезд и запчасти</translation>
    </message>
    <message>
        <source>Zone</source>
        <translation>Зона</translation>
    </message>
    <message>
        <source>by hand</source>
        <translation>вручную</translation>
    </message>
    <message>
        <source>chat</source>
        <translation>чат</translation>
    </message>
    <message>
        <source>closed by silence %1</source>
        <translation>закроется без ответа %1</translation>
    </message>
    <message>
        <source>mail</source>
        <translation>почта</translation>
    </message>
    <message>
        <source>no estimate</source>
        <translation>нет оценки</translation>
    </message>
    <message>
        <source>not given</source>
        <translation>не указано</translation>
    </message>
    <message>
        <source>open</source>
        <translation>открыта</translation>
    </message>
    <message>
        <source>over the estimate by %1</source>
        <translation>больше оценки на %1</translation>
    </message>
    <message>
        <source>phone</source>
        <translation>телефон</translation>
    </message>
    <message>
        <source>reminder leaves %1</source>
        <translation>напоминание уйдёт %1</translation>
    </message>
    <message>
        <source>replacement due %1</source>
        <translation>замена до %1</translation>
    </message>
    <message>
        <source>usual for this cause: %1</source>
        <translation>обычно по этой причине: %1</translation>
    </message>
    <message>
        <source>usually %1</source>
        <translation>обычно %1</translation>
    </message>
    <message>
        <source>visit</source>
        <translation>выезд</translation>
    </message>
    <message>
        <source>web form</source>
        <translation>веб-форма</translation>
    </message>
</context>
<context>
    <name>SignInBox</name>
    <message>
        <source>Asking for a code…</source>
        <translation>Запрашивается код…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>Код</translation>
    </message>
    <message>
        <source>Copy the code</source>
        <translation>Скопировать код</translation>
    </message>
    <message>
        <source>Open %1</source>
        <translation>Открыть %1</translation>
    </message>
    <message>
        <source>Open this page on any device, enter the code and sign in as somebody who may open the mailbox. It goes on here by itself.</source>
        <translation>Откройте эту страницу на любом устройстве, введите код и войдите под именем, которому открыт ящик. Здесь всё продолжится само.</translation>
    </message>
    <message>
        <source>Time left for the code</source>
        <translation>Сколько ещё действует код</translation>
    </message>
    <message numerus="yes">
        <source>Waiting for the sign-in: %n minute(s) left</source>
        <translation>
            <numerusform>Ожидается вход: осталась %n минута</numerusform>
            <numerusform>Ожидается вход: осталось %n минуты</numerusform>
            <numerusform>Ожидается вход: осталось %n минут</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SitesTab</name>
    <message>
        <source>Access</source>
        <translation>Доступ</translation>
    </message>
    <message>
        <source>Add a site</source>
        <translation>Добавить площадку</translation>
    </message>
    <message>
        <source>Add equipment</source>
        <translation>Добавить оборудование</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Адрес</translation>
    </message>
    <message>
        <source>Equipment</source>
        <translation>Оборудование</translation>
    </message>
    <message>
        <source>Installed</source>
        <translation>Установлено</translation>
    </message>
    <message>
        <source>Maker and model</source>
        <translation>Производитель и модель</translation>
    </message>
    <message>
        <source>New equipment</source>
        <translation>Новое оборудование</translation>
    </message>
    <message>
        <source>New site</source>
        <translation>Новая площадка</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Примечание</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Убрать</translation>
    </message>
    <message>
        <source>Safety</source>
        <translation>Безопасность</translation>
    </message>
    <message>
        <source>Serial number</source>
        <translation>Серийный номер</translation>
    </message>
    <message>
        <source>Site</source>
        <translation>Площадка</translation>
    </message>
    <message>
        <source>Sites</source>
        <translation>Площадки</translation>
    </message>
    <message>
        <source>Way there</source>
        <translation>Дорога туда</translation>
    </message>
    <message>
        <source>nowhere in particular</source>
        <translation>нигде особо</translation>
    </message>
</context>
<context>
    <name>SlipPage</name>
    <message>
        <source>Forecast: %1</source>
        <translation>Прогноз: %1</translation>
    </message>
    <message>
        <source>New date</source>
        <translation>Новый срок</translation>
    </message>
    <message>
        <source>Promised: %1</source>
        <translation>Обещано: %1</translation>
    </message>
    <message>
        <source>Say why the date moves: the customer will read it</source>
        <translation>Напишите, почему срок переносится: клиент это прочтёт</translation>
    </message>
    <message>
        <source>Send the new date</source>
        <translation>Отправить новый срок</translation>
    </message>
    <message>
        <source>The customer will read it</source>
        <translation>Клиент это прочтёт</translation>
    </message>
    <message>
        <source>This is no date ahead.</source>
        <translation>Это не дата впереди.</translation>
    </message>
    <message>
        <source>Why it moves</source>
        <translation>Почему переносится</translation>
    </message>
    <message>
        <source>Write a date that lies ahead.</source>
        <translation>Напишите дату впереди.</translation>
    </message>
    <message>
        <source>fri 17:00, 12.11 15:00</source>
        <translation>пт 17:00, 12.11 15:00</translation>
    </message>
</context>
<context>
    <name>SlotCard</name>
    <message>
        <source>computing</source>
        <translation>счёт</translation>
    </message>
</context>
<context>
    <name>SlotTable</name>
    <message>
        <source>Begins</source>
        <translation>Начало</translation>
    </message>
    <message>
        <source>Effect</source>
        <translation>Что изменит</translation>
    </message>
    <message>
        <source>Pieces</source>
        <translation>Части</translation>
    </message>
    <message>
        <source>Promise</source>
        <translation>Обещано</translation>
    </message>
    <message>
        <source>Specialist</source>
        <translation>Специалист</translation>
    </message>
</context>
<context>
    <name>Stored</name>
    <message>
        <source>a new date</source>
        <translation>новый срок</translation>
    </message>
    <message>
        <source>a reply</source>
        <translation>ответ</translation>
    </message>
    <message>
        <source>accepted</source>
        <translation>принята</translation>
    </message>
    <message>
        <source>automatic reply</source>
        <translation>автоответ</translation>
    </message>
    <message>
        <source>being sent</source>
        <translation>отправляется</translation>
    </message>
    <message>
        <source>by silence</source>
        <translation>по молчанию</translation>
    </message>
    <message>
        <source>came back undelivered</source>
        <translation>вернулось недоставленным</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>отменено</translation>
    </message>
    <message>
        <source>counted</source>
        <translation>пересчитано</translation>
    </message>
    <message>
        <source>done</source>
        <translation>сделано</translation>
    </message>
    <message>
        <source>draft</source>
        <translation>черновик</translation>
    </message>
    <message>
        <source>forwarded</source>
        <translation>переслано</translation>
    </message>
    <message>
        <source>given</source>
        <translation>передана</translation>
    </message>
    <message>
        <source>given back</source>
        <translation>возвращено на склад</translation>
    </message>
    <message>
        <source>in work</source>
        <translation>в работе</translation>
    </message>
    <message>
        <source>kept</source>
        <translation>отложено</translation>
    </message>
    <message>
        <source>moved</source>
        <translation>перемещено</translation>
    </message>
    <message>
        <source>new request</source>
        <translation>новое обращение</translation>
    </message>
    <message>
        <source>not sent</source>
        <translation>не отправлено</translation>
    </message>
    <message>
        <source>on site</source>
        <translation>на месте</translation>
    </message>
    <message>
        <source>on the way</source>
        <translation>в пути</translation>
    </message>
    <message>
        <source>ordered</source>
        <translation>заказано</translation>
    </message>
    <message>
        <source>out of use</source>
        <translation>выведено из использования</translation>
    </message>
    <message>
        <source>perhaps sent</source>
        <translation>возможно, отправлено</translation>
    </message>
    <message>
        <source>planned</source>
        <translation>запланировано</translation>
    </message>
    <message>
        <source>published</source>
        <translation>опубликовано</translation>
    </message>
    <message>
        <source>received</source>
        <translation>получено</translation>
    </message>
    <message>
        <source>reply</source>
        <translation>ответ</translation>
    </message>
    <message>
        <source>returned</source>
        <translation>возвращено</translation>
    </message>
    <message>
        <source>satisfaction, 1 to 5</source>
        <translation>удовлетворённость, от 1 до 5</translation>
    </message>
    <message>
        <source>sent</source>
        <translation>отправлено</translation>
    </message>
    <message>
        <source>used</source>
        <translation>израсходовано</translation>
    </message>
    <message>
        <source>visit</source>
        <translation>выезд</translation>
    </message>
    <message>
        <source>waits to be sent</source>
        <translation>ждёт отправки</translation>
    </message>
    <message>
        <source>way there</source>
        <translation>дорога</translation>
    </message>
    <message>
        <source>work</source>
        <translation>работа</translation>
    </message>
    <message>
        <source>would recommend, 0 to 10</source>
        <translation>готовность рекомендовать, от 0 до 10</translation>
    </message>
</context>
<context>
    <name>Sync</name>
    <message>
        <source>%1 stands there now</source>
        <translation>там теперь %1</translation>
    </message>
    <message>
        <source>%1 took the time of your promise, %2. Your letter has not left.</source>
        <translation>Время вашего обещания (%2) заняла %1. Ваше письмо не ушло.</translation>
    </message>
    <message>
        <source>%1 took this time before your promise was shared. Your letter was held and has not left.</source>
        <translation>%1 заняла это время раньше, чем ваше обещание дошло до общей базы. Ваше письмо придержано и не ушло.</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>size, tickets</comment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>who, when</comment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>customer: subject</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>customer: text</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>ticket: field</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>who: what</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1’s clock is %2 fast.</source>
        <translation>%1: часы спешат на %2.</translation>
    </message>
    <message>
        <source>%1’s clock is %2 slow.</source>
        <translation>%1: часы отстают на %2.</translation>
    </message>
    <message numerus="yes">
        <source>%n record(s), all kept</source>
        <translation>
            <numerusform>%n запись, сохранена</numerusform>
            <numerusform>%n записи, все</numerusform>
            <numerusform>%n записей, все</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s)</source>
        <translation>
            <numerusform>%n заявка</numerusform>
            <numerusform>%n заявки</numerusform>
            <numerusform>%n заявок</numerusform>
        </translation>
    </message>
    <message>
        <source>A date that was told</source>
        <translation>Отправленный срок</translation>
    </message>
    <message>
        <source>A letter could not be read</source>
        <translation>Письмо не удалось прочитать</translation>
    </message>
    <message>
        <source>After your choice</source>
        <translation>После выбора</translation>
    </message>
    <message>
        <source>An entry in the ticket says who chose what, and when.</source>
        <translation>В протокол добавится запись: кто, что и когда выбрал.</translation>
    </message>
    <message>
        <source>Better keep the shared date: it was promised first. Yours can be sent as a move of it.</source>
        <translation>Советуем оставить срок из общей базы: он назван первым. Ваш вариант можно отправить как перенос срока.</translation>
    </message>
    <message>
        <source>Better keep the shared date: the customer has it already. Yours can be sent as a move of it.</source>
        <translation>Советуем оставить срок из общей базы: клиент его уже получил. Ваш вариант можно отправить как перенос срока.</translation>
    </message>
    <message>
        <source>Calendar and plan</source>
        <translation>Календарь и план</translation>
    </message>
    <message>
        <source>Check now</source>
        <translation>Проверить сейчас</translation>
    </message>
    <message>
        <source>Compare this copy now</source>
        <translation>Сверить эту копию</translation>
    </message>
    <message>
        <source>Compared</source>
        <translation>Сверка копии</translation>
    </message>
    <message>
        <source>Connected to the shared store</source>
        <translation>Связь с общей базой есть</translation>
    </message>
    <message>
        <source>Connected, a choice waits for you</source>
        <translation>Связь есть, ждёт ваш выбор</translation>
    </message>
    <message>
        <source>Copy here</source>
        <translation>Копия здесь</translation>
    </message>
    <message>
        <source>Decide later</source>
        <translation>Решить позже</translation>
    </message>
    <message>
        <source>Entries, letters</source>
        <translation>Записи, письма</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Поле</translation>
    </message>
    <message>
        <source>Fields</source>
        <translation>Поля</translation>
    </message>
    <message>
        <source>Fresh as of</source>
        <translation>Свежесть</translation>
    </message>
    <message>
        <source>How changes join</source>
        <translation>Правила соединения</translation>
    </message>
    <message>
        <source>In the shared store</source>
        <translation>В общей базе</translation>
    </message>
    <message>
        <source>In the shared store, yours</source>
        <translation>В общей базе, ваше</translation>
    </message>
    <message>
        <source>Invite a colleague, move, leave</source>
        <translation>Пригласить, перенести, выйти</translation>
    </message>
    <message>
        <source>It is kept as it came; the others went on. Below is its source.</source>
        <translation>Оно сохранено как пришло, остальные разобраны. Ниже его исходный текст.</translation>
    </message>
    <message>
        <source>It is not known whether the letter left</source>
        <translation>Неизвестно, ушло ли письмо</translation>
    </message>
    <message>
        <source>It was sent</source>
        <translation>Оно ушло</translation>
    </message>
    <message>
        <source>Joined later</source>
        <translation>Пришло позже</translation>
    </message>
    <message>
        <source>Joined on top of it</source>
        <translation>Пришло поверх первого</translation>
    </message>
    <message>
        <source>Keep %1</source>
        <translation>Оставить %1</translation>
    </message>
    <message>
        <source>Keep mine</source>
        <translation>Оставить моё</translation>
    </message>
    <message>
        <source>Keep shared</source>
        <translation>Оставить из общей базы</translation>
    </message>
    <message>
        <source>Keep the later one</source>
        <translation>Оставить позднее</translation>
    </message>
    <message>
        <source>Letters to this address come back</source>
        <translation>Письма на этот адрес возвращаются</translation>
    </message>
    <message>
        <source>Letters: they leave afterwards</source>
        <translation>Письма: уйдут после связи</translation>
    </message>
    <message>
        <source>Mail by</source>
        <translation>Почту ведёт</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Название</translation>
    </message>
    <message>
        <source>New letters of customers</source>
        <translation>Новые письма клиентов</translation>
    </message>
    <message>
        <source>No connection to the shared store</source>
        <translation>Связи с общей базой нет</translation>
    </message>
    <message>
        <source>No letter of yours left</source>
        <translation>Ваше письмо не уходило</translation>
    </message>
    <message>
        <source>Nothing changes for the others: this value is in force already.</source>
        <translation>Для остальных ничего не изменится: это значение уже действует.</translation>
    </message>
    <message>
        <source>Nothing was lost. Mend what the server says, then send it again.</source>
        <translation>Ничего не потеряно. Исправьте то, что пишет сервер, и отправьте снова.</translation>
    </message>
    <message>
        <source>Numbers</source>
        <translation>Номера</translation>
    </message>
    <message>
        <source>Numbers left here</source>
        <translation>Номеров в запасе</translation>
    </message>
    <message>
        <source>Numbers of new tickets, from this copy’s block</source>
        <translation>Номера новых заявок из запаса</translation>
    </message>
    <message>
        <source>Open %1</source>
        <translation>Открыть %1</translation>
    </message>
    <message>
        <source>Open in the composer</source>
        <translation>Открыть в заявке</translation>
    </message>
    <message>
        <source>Open the ticket</source>
        <translation>Открыть заявку</translation>
    </message>
    <message>
        <source>Open the ticket: the composer shows the other ways.</source>
        <translation>Откройте заявку: там другие пути.</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Место</translation>
    </message>
    <message>
        <source>Promise %1</source>
        <translation>Пообещать %1</translation>
    </message>
    <message>
        <source>Promise the next slot</source>
        <translation>Пообещать следующий слот</translation>
    </message>
    <message>
        <source>Promised date</source>
        <translation>Срок решения</translation>
    </message>
    <message>
        <source>Protocol and letters</source>
        <translation>Протокол и письма</translation>
    </message>
    <message>
        <source>Resolve</source>
        <translation>Решить</translation>
    </message>
    <message>
        <source>Search, knowledge, files kept here</source>
        <translation>Поиск, база знаний, вложения</translation>
    </message>
    <message>
        <source>Send again</source>
        <translation>Отправить снова</translation>
    </message>
    <message>
        <source>Share it, and colleagues work on the same tickets, each on a copy of their own.</source>
        <translation>Сделайте её общей, и коллеги будут работать с теми же заявками, каждый на своей копии.</translation>
    </message>
    <message>
        <source>Share this desk</source>
        <translation>Сделать базу общей</translation>
    </message>
    <message>
        <source>Sharing stands still</source>
        <translation>Обмен остановился</translation>
    </message>
    <message>
        <source>Slots</source>
        <translation>Слоты</translation>
    </message>
    <message>
        <source>Source of the letter</source>
        <translation>Исходный текст письма</translation>
    </message>
    <message>
        <source>Support</source>
        <translation>Поддержка</translation>
    </message>
    <message>
        <source>The address works again</source>
        <translation>Адрес снова работает</translation>
    </message>
    <message>
        <source>The application ended while this letter was leaving.</source>
        <translation>Приложение завершилось, пока письмо уходило.</translation>
    </message>
    <message>
        <source>The change that joined later knew the ticket better and is in force until you choose.</source>
        <translation>Действует более позднее изменение: его автор знал о заявке больше. Так останется, пока вы не выберете.</translation>
    </message>
    <message>
        <source>The connection broke while it was sent. Look among the sent letters of the mailbox: was it there? It is never sent again by itself.</source>
        <translation>Связь оборвалась во время отправки. Посмотрите в отправленных: письмо там? Само оно второй раз не уйдёт.</translation>
    </message>
    <message>
        <source>The customer did not get it. Find another address, or ring them up.</source>
        <translation>Клиент его не получил. Найдите другой адрес или позвоните.</translation>
    </message>
    <message>
        <source>The data</source>
        <translation>Данные</translation>
    </message>
    <message>
        <source>The date in this letter no longer holds. It was not sent; promise a new one.</source>
        <translation>Срок в этом письме больше не держится. Письмо не отправлено; назначьте новый срок.</translation>
    </message>
    <message>
        <source>The desk</source>
        <translation>Служба</translation>
    </message>
    <message>
        <source>The first in the shared store keeps a slot. The next one for the same effort is one key away.</source>
        <translation>Слот за тем, кто попал в общую базу первым. Следующий на ту же трудоёмкость назначается одной клавишей.</translation>
    </message>
    <message>
        <source>The forecast is computed anew; promises that were told stay.</source>
        <translation>Прогноз пересчитается, названные сроки останутся.</translation>
    </message>
    <message>
        <source>The letter has not left yet</source>
        <translation>Письмо ещё не ушло</translation>
    </message>
    <message>
        <source>The letter left at %1</source>
        <translation>Письмо клиенту ушло: %1</translation>
    </message>
    <message>
        <source>The letter was not accepted</source>
        <translation>Письмо не приняли</translation>
    </message>
    <message>
        <source>The next slot</source>
        <translation>Следующий слот</translation>
    </message>
    <message>
        <source>The other value, %1, stays in the record with its author.</source>
        <translation>Другое значение, «%1», останется в истории с автором.</translation>
    </message>
    <message>
        <source>The shared value is in force until you choose: others have seen it.</source>
        <translation>Пока вы не выберете, действует значение из общей базы: его уже видели.</translation>
    </message>
    <message>
        <source>The slip notice opens with your date; it leaves when you send it.</source>
        <translation>Откроется письмо о переносе с вашей датой. Уйдёт, когда отправите.</translation>
    </message>
    <message>
        <source>The slot is taken at once; nobody is moved.</source>
        <translation>Слот займётся сразу, никто не сдвинется.</translation>
    </message>
    <message>
        <source>The slot that goes with the shared date stays in the calendar.</source>
        <translation>Слот срока из общей базы останется в календаре.</translation>
    </message>
    <message>
        <source>The ticket opens with your letter; choose another slot there.</source>
        <translation>Откроется заявка с вашим письмом: выберите там другой слот.</translation>
    </message>
    <message>
        <source>The ticket stands as “%1” in everybody’s lists.</source>
        <translation>У всех в списках заявка будет «%1».</translation>
    </message>
    <message>
        <source>The ticket’s promise is recorded with its reason and its slot.</source>
        <translation>Обещание запишется в заявку вместе со слотом.</translation>
    </message>
    <message>
        <source>This desk is on this computer alone</source>
        <translation>База только на этом компьютере</translation>
    </message>
    <message>
        <source>Tickets, protocol, notes</source>
        <translation>Заявки, протокол, заметки</translation>
    </message>
    <message>
        <source>Two people changed “%1” without knowing of each other. The rest is joined already.</source>
        <translation>Поле «%1» изменили двое, не зная друг о друге. Остальное уже соединено.</translation>
    </message>
    <message>
        <source>Two people promised this ticket without knowing of each other. The first in the shared store stands.</source>
        <translation>Срок по заявке назвали двое, не зная друг о друге. Действует тот, что попал в общую базу первым.</translation>
    </message>
    <message>
        <source>Until then the shared date is in force.</source>
        <translation>До этого действует срок из общей базы.</translation>
    </message>
    <message>
        <source>Was</source>
        <translation>Было</translation>
    </message>
    <message>
        <source>Was shared first</source>
        <translation>Попало в общую базу первым</translation>
    </message>
    <message>
        <source>What works without a connection</source>
        <translation>Что доступно без связи</translation>
    </message>
    <message>
        <source>Will be</source>
        <translation>Станет</translation>
    </message>
    <message>
        <source>Work as usual: everything is written on this computer and leaves when the connection is back.</source>
        <translation>Работайте как обычно: всё пишется на этот компьютер и уйдёт само, когда появится связь.</translation>
    </message>
    <message>
        <source>Work: %1, %2</source>
        <translation>Работа: %1, %2</translation>
    </message>
    <message>
        <source>Write about %1</source>
        <translation>Написать про %1</translation>
    </message>
    <message>
        <source>You and a colleague changed this ticket differently. A choice is needed.</source>
        <translation>Вы и коллега изменили заявку по-разному. Нужен выбор.</translation>
    </message>
    <message>
        <source>Your letter is among the drafts</source>
        <translation>Ваше письмо в черновиках</translation>
    </message>
    <message>
        <source>Your letter leaves with the new date, after the time of undo.</source>
        <translation>Ваше письмо уйдёт с новой датой, когда пройдёт время отмены.</translation>
    </message>
    <message>
        <source>Your letter with %1 stays a draft; the customer does not get it.</source>
        <translation>Ваше письмо с датой «%1» останется в черновиках, клиенту не уйдёт.</translation>
    </message>
    <message>
        <source>Yours</source>
        <translation>У вас</translation>
    </message>
    <message>
        <source>Yours, joined later</source>
        <translation>У вас, пришло вторым</translation>
    </message>
    <message>
        <source>absence</source>
        <translation>отсутствие</translation>
    </message>
    <message>
        <source>all are kept</source>
        <translation>сохраняются все</translation>
    </message>
    <message>
        <source>another computer</source>
        <translation>другой компьютер</translation>
    </message>
    <message>
        <source>article</source>
        <translation>статья</translation>
    </message>
    <message>
        <source>by itself every %1 s</source>
        <translation>сама каждые %1 с</translation>
    </message>
    <message>
        <source>computing</source>
        <translation>счёт</translation>
    </message>
    <message>
        <source>contact</source>
        <translation>контакт</translation>
    </message>
    <message>
        <source>customer</source>
        <translation>клиент</translation>
    </message>
    <message>
        <source>free</source>
        <translation>свободен</translation>
    </message>
    <message>
        <source>from the shared store</source>
        <translation>выдаёт общая база</translation>
    </message>
    <message>
        <source>in force now</source>
        <translation>действует сейчас</translation>
    </message>
    <message>
        <source>last exchange: %1</source>
        <translation>последний обмен: %1</translation>
    </message>
    <message>
        <source>last exchange: %1, %2 ago</source>
        <translation>последний обмен: %1, %2 назад</translation>
    </message>
    <message>
        <source>never changes silently</source>
        <translation>не меняется молча</translation>
    </message>
    <message>
        <source>nobody</source>
        <translation>никто</translation>
    </message>
    <message>
        <source>none</source>
        <translation>нет</translation>
    </message>
    <message>
        <source>none fits</source>
        <translation>не помещается</translation>
    </message>
    <message>
        <source>not sent</source>
        <translation>не отправлено</translation>
    </message>
    <message>
        <source>not yet</source>
        <translation>ещё нет</translation>
    </message>
    <message>
        <source>promised by a colleague</source>
        <translation>срок назвал коллега</translation>
    </message>
    <message>
        <source>somebody</source>
        <translation>кто-то</translation>
    </message>
    <message>
        <source>specialist</source>
        <translation>специалист</translation>
    </message>
    <message>
        <source>taken</source>
        <translation>занят</translation>
    </message>
    <message>
        <source>the desk</source>
        <translation>служба</translation>
    </message>
    <message>
        <source>the first one keeps it</source>
        <translation>кто первый занял</translation>
    </message>
    <message>
        <source>the slot was taken</source>
        <translation>слот заняли</translation>
    </message>
    <message>
        <source>this computer</source>
        <translation>этот компьютер</translation>
    </message>
    <message>
        <source>ticket</source>
        <translation>заявка</translation>
    </message>
    <message>
        <source>told to the customer</source>
        <translation>обещано клиенту</translation>
    </message>
    <message>
        <source>working calendar</source>
        <translation>рабочий календарь</translation>
    </message>
    <message>
        <source>you</source>
        <translation>вы</translation>
    </message>
    <message>
        <source>you decide a dispute</source>
        <translation>спор решаете вы</translation>
    </message>
</context>
<context>
    <name>SyncChip</name>
    <message numerus="yes">
        <source>%n note(s) waiting</source>
        <translation>
            <numerusform>%n запись ждёт</numerusform>
            <numerusform>%n записи ждут</numerusform>
            <numerusform>%n записей ждут</numerusform>
        </translation>
    </message>
    <message>
        <source>All saved here</source>
        <translation>Всё сохранено здесь</translation>
    </message>
    <message>
        <source>Clock is %1 fast</source>
        <translation>Часы спешат на %1</translation>
    </message>
    <message>
        <source>Clock is %1 slow</source>
        <translation>Часы отстают на %1</translation>
    </message>
    <message>
        <source>Last synced %1 ago</source>
        <translation>Последняя синхронизация %1 назад</translation>
    </message>
    <message>
        <source>Offline, %1</source>
        <translation>Офлайн, %1</translation>
    </message>
    <message>
        <source>Offline, all saved here</source>
        <translation>Офлайн, всё сохранено здесь</translation>
    </message>
    <message>
        <source>Read only</source>
        <translation>Только чтение</translation>
    </message>
    <message>
        <source>Sync failed</source>
        <translation>Синхронизация не удалась</translation>
    </message>
    <message>
        <source>Synced %1 ago</source>
        <translation>Синхронизировано %1 назад</translation>
    </message>
    <message>
        <source>Syncing, %1 of %2</source>
        <translation>Синхронизация, %1 из %2</translation>
    </message>
    <message>
        <source>Your choice needed: %1</source>
        <translation>Нужен выбор: %1</translation>
    </message>
</context>
<context>
    <name>SyncScreen</name>
    <message>
        <source>%1 stands there now</source>
        <translation>там теперь %1</translation>
    </message>
    <message>
        <source>%1: changed</source>
        <translation>%1: изменено</translation>
    </message>
    <message>
        <source>Every colleague then works on an own copy, also without a connection.</source>
        <translation>Каждый коллега будет работать со своей копией, в том числе без связи.</translation>
    </message>
    <message>
        <source>Everything is sent.</source>
        <translation>Всё отправлено.</translation>
    </message>
    <message>
        <source>Joined by the rules; both versions are in the record.</source>
        <translation>Соединено по правилам, обе версии записаны.</translation>
    </message>
    <message>
        <source>Joined without questions</source>
        <translation>Соединено без вопросов</translation>
    </message>
    <message>
        <source>Letter for %1</source>
        <translation>Письмо по %1</translation>
    </message>
    <message>
        <source>Letters that failed</source>
        <translation>Письма с ошибкой</translation>
    </message>
    <message>
        <source>New ticket, %1</source>
        <translation>Новая заявка, %1</translation>
    </message>
    <message>
        <source>Note to %1</source>
        <translation>Заметка к %1</translation>
    </message>
    <message>
        <source>Plan of %1</source>
        <translation>План %1</translation>
    </message>
    <message>
        <source>Promise for %1</source>
        <translation>Обещание по %1</translation>
    </message>
    <message>
        <source>Protocol of %1, an entry</source>
        <translation>Протокол %1, запись</translation>
    </message>
    <message>
        <source>Settings of the desk</source>
        <translation>Настройки службы</translation>
    </message>
    <message>
        <source>Share this desk</source>
        <translation>Сделать базу общей</translation>
    </message>
    <message>
        <source>Sync</source>
        <translation>Синхронизация</translation>
    </message>
    <message>
        <source>This desk is on this computer alone</source>
        <translation>Эта база только на этом компьютере</translation>
    </message>
    <message>
        <source>Waiting for connection</source>
        <translation>Ждут связи</translation>
    </message>
    <message>
        <source>Waits for the connection; nothing is to be done.</source>
        <translation>Ждёт связи, делать ничего не нужно.</translation>
    </message>
    <message>
        <source>What waits and what has joined</source>
        <translation>Что ждёт и что соединено</translation>
    </message>
    <message>
        <source>Work on %1</source>
        <translation>Работа по %1</translation>
    </message>
    <message>
        <source>Your choice needed</source>
        <translation>Нужен ваш выбор</translation>
    </message>
    <message>
        <source>both numbers lead here</source>
        <translation>оба номера ведут сюда</translation>
    </message>
    <message>
        <source>choose</source>
        <translation>выбрать</translation>
    </message>
    <message>
        <source>deleted by one, changed by another: kept</source>
        <translation>один удалил, другой изменил: оставлено</translation>
    </message>
    <message>
        <source>entry in the protocol</source>
        <translation>запись протокола</translation>
    </message>
    <message>
        <source>last day</source>
        <translation>за сутки</translation>
    </message>
    <message>
        <source>leave by themselves</source>
        <translation>уйдут сами</translation>
    </message>
    <message>
        <source>letter</source>
        <translation>письмо</translation>
    </message>
    <message>
        <source>new ticket</source>
        <translation>новая заявка</translation>
    </message>
    <message>
        <source>number</source>
        <translation>номер</translation>
    </message>
    <message>
        <source>number after sync</source>
        <translation>номер после связи</translation>
    </message>
    <message>
        <source>only %1</source>
        <translation>только %1</translation>
    </message>
    <message>
        <source>plan</source>
        <translation>план</translation>
    </message>
    <message>
        <source>slot</source>
        <translation>слот</translation>
    </message>
    <message>
        <source>the first one keeps it, the other goes back</source>
        <translation>первый занял, второй вернулся автору</translation>
    </message>
</context>
<context>
    <name>SyncWatch</name>
    <message numerus="yes">
        <source>%n change(s) wait for it.</source>
        <translation>
            <numerusform>Ждёт %n изменение.</numerusform>
            <numerusform>Ждут %n изменения.</numerusform>
            <numerusform>Ждут %n изменений.</numerusform>
        </translation>
    </message>
    <message>
        <source>By your colleagues’ clocks, the one of this computer is %1 fast.</source>
        <translation>По сравнению с коллегами часы этого компьютера спешат на %1.</translation>
    </message>
    <message>
        <source>By your colleagues’ clocks, the one of this computer is %1 slow.</source>
        <translation>По сравнению с коллегами часы этого компьютера отстают на %1.</translation>
    </message>
    <message>
        <source>Check now</source>
        <translation>Проверить</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>Выбрать</translation>
    </message>
    <message>
        <source>Enter the password</source>
        <translation>Ввести пароль</translation>
    </message>
    <message>
        <source>Follow</source>
        <translation>Перейти</translation>
    </message>
    <message>
        <source>Keep working: everything is kept here.</source>
        <translation>Можно работать дальше, всё сохранено здесь.</translation>
    </message>
    <message>
        <source>Look which is right: times of entries and promised dates go by it.</source>
        <translation>Проверьте, какие верны: по ним ставится время записей и обещанные сроки.</translation>
    </message>
    <message>
        <source>No connection since %1. You can keep working.</source>
        <translation>Нет связи с %1. Можно работать дальше.</translation>
    </message>
    <message>
        <source>Retry now</source>
        <translation>Повторить</translation>
    </message>
    <message>
        <source>There is no room in the shared store since %1. You can keep working.</source>
        <translation>В общей базе нет места с %1. Можно работать дальше.</translation>
    </message>
    <message numerus="yes">
        <source>Your choice is needed in %n places.</source>
        <translation>
            <numerusform>Нужен ваш выбор в %n месте.</numerusform>
            <numerusform>Нужен ваш выбор в %n местах.</numerusform>
            <numerusform>Нужен ваш выбор в %n местах.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TeamPage</name>
    <message>
        <source>%1 (left)</source>
        <translation>%1 (не работает)</translation>
    </message>
    <message>
        <source>%1 leaves the team</source>
        <translation>%1 больше не работает здесь</translation>
    </message>
    <message>
        <source>A lead's is granted the role lead, others' member</source>
        <translation>Руководителю дают роль lead, остальным member</translation>
    </message>
    <message>
        <source>A person works on one line at least; the last one was kept.</source>
        <translation>Хотя бы одна линия нужна; последняя осталась.</translation>
    </message>
    <message>
        <source>Add a person</source>
        <translation>Добавить человека</translation>
    </message>
    <message>
        <source>Administrator</source>
        <translation>Администратор</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>Почта</translation>
    </message>
    <message>
        <source>Is asked while this person is away; their skills count as theirs</source>
        <translation>Получает работу, пока человека нет, и считается владеющим его навыками</translation>
    </message>
    <message>
        <source>Is told of new letters that nobody owns</source>
        <translation>Узнаёт о новых письмах без исполнителя</translation>
    </message>
    <message>
        <source>Kept free of plans</source>
        <translation>Держать свободным</translation>
    </message>
    <message>
        <source>Lead</source>
        <translation>Руководитель</translation>
    </message>
    <message>
        <source>Line %1</source>
        <translation>Линия %1</translation>
    </message>
    <message>
        <source>Lines</source>
        <translation>Линии</translation>
    </message>
    <message>
        <source>Mostly does</source>
        <translation>Чем занимается</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Имя</translation>
    </message>
    <message>
        <source>Name, English</source>
        <translation>Имя по-английски</translation>
    </message>
    <message>
        <source>New colleague</source>
        <translation>Новый коллега</translation>
    </message>
    <message>
        <source>On duty</source>
        <translation>Дежурит</translation>
    </message>
    <message>
        <source>One or two words, shown in the calendar</source>
        <translation>Одно-два слова, видны в календаре</translation>
    </message>
    <message>
        <source>Other hours: %1</source>
        <translation>Другие часы: %1</translation>
    </message>
    <message>
        <source>Pace in %1</source>
        <translation>Темп: %1</translation>
    </message>
    <message>
        <source>Pace: effort as a share of the usual one; finished tickets teach it further.</source>
        <translation>Темп: доля от обычной трудоёмкости; решённые заявки уточняют его.</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Люди</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>Телефон</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Роль</translation>
    </message>
    <message>
        <source>Share of a day for what comes unplanned</source>
        <translation>Доля дня на незапланированное</translation>
    </message>
    <message>
        <source>Skills</source>
        <translation>Навыки</translation>
    </message>
    <message>
        <source>Specialist</source>
        <translation>Специалист</translation>
    </message>
    <message>
        <source>Stands in, first</source>
        <translation>Замещает первым</translation>
    </message>
    <message>
        <source>Stands in, second</source>
        <translation>Замещает вторым</translation>
    </message>
    <message>
        <source>Stands in, third</source>
        <translation>Замещает третьим</translation>
    </message>
    <message>
        <source>Switched off, nothing is planned for them; the past stays</source>
        <translation>Если снять, больше не планируется</translation>
    </message>
    <message>
        <source>System user</source>
        <translation>Пользователь системы</translation>
    </message>
    <message>
        <source>User of the shared database</source>
        <translation>Пользователь общей базы</translation>
    </message>
    <message>
        <source>Who is logged in by this name works here as this person</source>
        <translation>Вошедший под этим именем работает здесь как этот человек</translation>
    </message>
    <message>
        <source>Working hours</source>
        <translation>Рабочие часы</translation>
    </message>
    <message>
        <source>Works here</source>
        <translation>Работает</translation>
    </message>
</context>
<context>
    <name>TermsRow</name>
    <message>
        <source>%1: no moment ahead. Write it as thu 10:00 or 12.11.</source>
        <translation>%1: это не момент впереди. Напишите как чт 10:00 или 12.11.</translation>
    </message>
</context>
<context>
    <name>Ticket</name>
    <message>
        <source>%1, %2: %3 hands this over to you</source>
        <translation>%1, %2: %3 передаёт заявку вам</translation>
    </message>
    <message>
        <source>%1, %2: handed to %3, not accepted yet</source>
        <translation>%1, %2: передана: %3, ещё не принята</translation>
    </message>
    <message>
        <source>%1, %2: handed to the line, nobody has accepted it yet</source>
        <translation>%1, %2: передана линии, ещё никто не принял</translation>
    </message>
    <message>
        <source>%1, %2: nobody took it in time, it went up a line</source>
        <translation>%1, %2: вовремя никто не взял, заявка поднялась на линию выше</translation>
    </message>
    <message>
        <source>A forwarded letter. Written by %1, %2</source>
        <translation>Письмо переслано. Автор: %1, %2</translation>
    </message>
    <message>
        <source>A new date is owed</source>
        <translation>Нужен новый срок</translation>
    </message>
    <message>
        <source>A number of the scale; empty takes it back</source>
        <translation>Число по шкале; пустое поле снимает оценку</translation>
    </message>
    <message>
        <source>A question does not stop the answer clock</source>
        <translation>Вопрос не останавливает срок ответа</translation>
    </message>
    <message>
        <source>A ticket of its own from this letter</source>
        <translation>Отдельная заявка из этого письма</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>Принять</translation>
    </message>
    <message>
        <source>Actual</source>
        <translation>Факт</translation>
    </message>
    <message>
        <source>Another place for %1</source>
        <translation>Другое место для %1</translation>
    </message>
    <message>
        <source>Answer by %1</source>
        <translation>Ответить до %1</translation>
    </message>
    <message>
        <source>Answer by %1, %2 left</source>
        <translation>Ответить до %1, осталось %2</translation>
    </message>
    <message>
        <source>Answer one question at least.</source>
        <translation>Ответьте хотя бы на один вопрос.</translation>
    </message>
    <message>
        <source>Answer was due %1 ago</source>
        <translation>Срок ответа прошёл %1 назад</translation>
    </message>
    <message>
        <source>Bring back</source>
        <translation>Вернуть</translation>
    </message>
    <message>
        <source>Cause  %1</source>
        <translation>Причина  %1</translation>
    </message>
    <message>
        <source>Cause not given</source>
        <translation>Причина не указана</translation>
    </message>
    <message>
        <source>Cause: %1</source>
        <translation>Причина: %1</translation>
    </message>
    <message>
        <source>Change the subject</source>
        <translation>Изменить тему</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>Consent received</source>
        <translation>Согласие получено</translation>
    </message>
    <message>
        <source>Dates</source>
        <translation>Даты</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Готово</translation>
    </message>
    <message>
        <source>Erase for ever…</source>
        <translation>Стереть навсегда…</translation>
    </message>
    <message>
        <source>Every change of %1</source>
        <translation>Все изменения %1</translation>
    </message>
    <message>
        <source>Every change of the ticket</source>
        <translation>Все изменения заявки</translation>
    </message>
    <message>
        <source>Explain</source>
        <translation>Объяснить</translation>
    </message>
    <message>
        <source>Find another slot</source>
        <translation>Найти другое окно</translation>
    </message>
    <message>
        <source>First promised: %1</source>
        <translation>Обещано впервые: %1</translation>
    </message>
    <message>
        <source>Follow</source>
        <translation>Следить</translation>
    </message>
    <message>
        <source>Followed by: %1</source>
        <translation>Следят: %1</translation>
    </message>
    <message>
        <source>Forecast</source>
        <translation>Прогноз</translation>
    </message>
    <message>
        <source>Forecast %1 is later than promised %2 by %3. Write to the customer?</source>
        <translation>Прогноз %1 позже обещанного %2 на %3. Написать клиенту?</translation>
    </message>
    <message>
        <source>How satisfied is the customer?</source>
        <translation>Насколько доволен клиент?</translation>
    </message>
    <message>
        <source>L%1</source>
        <translation>L%1</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>Линия</translation>
    </message>
    <message>
        <source>Looks like %1. Merge?</source>
        <translation>Похоже на %1. Объединить?</translation>
    </message>
    <message>
        <source>Looks like %1: open it</source>
        <translation>Похоже на %1: открыть</translation>
    </message>
    <message>
        <source>Make them the requester</source>
        <translation>Сделать заявителем</translation>
    </message>
    <message>
        <source>Mark as unread</source>
        <translation>Пометить непрочитанной</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>Объединить</translation>
    </message>
    <message>
        <source>Merge into</source>
        <translation>Объединить с</translation>
    </message>
    <message>
        <source>Merge with another ticket</source>
        <translation>Объединить с другой заявкой</translation>
    </message>
    <message>
        <source>Monday morning</source>
        <translation>в понедельник утром</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Ещё</translation>
    </message>
    <message>
        <source>Not a request</source>
        <translation>Не заявка</translation>
    </message>
    <message>
        <source>Not fixed</source>
        <translation>Не исправлено</translation>
    </message>
    <message>
        <source>Open again</source>
        <translation>Открыть снова</translation>
    </message>
    <message>
        <source>Open it</source>
        <translation>Открыть её</translation>
    </message>
    <message>
        <source>Open the ticket it was merged into</source>
        <translation>Открыть заявку, с которой объединена</translation>
    </message>
    <message>
        <source>Open until the customer agrees</source>
        <translation>Открыта, пока клиент не согласится</translation>
    </message>
    <message>
        <source>Original letter: %1</source>
        <translation>Исходное письмо: %1</translation>
    </message>
    <message>
        <source>Promised to customer</source>
        <translation>Обещано клиенту</translation>
    </message>
    <message>
        <source>Questions of the cause</source>
        <translation>Вопросы по причине</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>Поступила</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Записать</translation>
    </message>
    <message>
        <source>Remind again</source>
        <translation>Напомнить позже</translation>
    </message>
    <message>
        <source>Remind me</source>
        <translation>Напомнить мне</translation>
    </message>
    <message>
        <source>Return with a reason</source>
        <translation>Вернуть с причиной</translation>
    </message>
    <message>
        <source>Save as</source>
        <translation>Сохранить как</translation>
    </message>
    <message>
        <source>Set this cause</source>
        <translation>Поставить эту причину</translation>
    </message>
    <message>
        <source>Set this urgency</source>
        <translation>Поставить эту срочность</translation>
    </message>
    <message>
        <source>Slipping</source>
        <translation>Срывается</translation>
    </message>
    <message>
        <source>Snoozed until %1</source>
        <translation>Отложена до: %1</translation>
    </message>
    <message>
        <source>Snoozed until they reply</source>
        <translation>Отложена до ответа</translation>
    </message>
    <message>
        <source>Source of the letter</source>
        <translation>Исходный текст письма</translation>
    </message>
    <message>
        <source>Spam</source>
        <translation>Спам</translation>
    </message>
    <message>
        <source>Stop following</source>
        <translation>Перестать следить</translation>
    </message>
    <message>
        <source>Take apart what was merged</source>
        <translation>Разъединить объединённое</translation>
    </message>
    <message>
        <source>The letter of %1 sounds like consent: “%2”</source>
        <translation>Письмо от %1 похоже на согласие: «%2»</translation>
    </message>
    <message>
        <source>The letter of %1 sounds like “not fixed”: “%2”</source>
        <translation>Письмо от %1 похоже на «не исправлено»: «%2»</translation>
    </message>
    <message>
        <source>The number of the ticket that stays</source>
        <translation>Номер заявки, которая останется</translation>
    </message>
    <message>
        <source>The requester asks for urgency “%1”: %2</source>
        <translation>Заявитель просит срочность «%1»: %2</translation>
    </message>
    <message>
        <source>The requester names the cause: %1</source>
        <translation>Заявитель называет причину: %1</translation>
    </message>
    <message>
        <source>Urgency  %1</source>
        <translation>Срочность  %1</translation>
    </message>
    <message>
        <source>What is answered becomes an entry of the protocol.</source>
        <translation>Ответы станут записью протокола.</translation>
    </message>
    <message>
        <source>What is missing, or why it belongs elsewhere</source>
        <translation>Чего не хватает или почему это не сюда</translation>
    </message>
    <message>
        <source>Why does it go back?</source>
        <translation>Почему возвращаете?</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>Написать</translation>
    </message>
    <message>
        <source>You wanted to be reminded: %1</source>
        <translation>Вы просили напомнить: %1</translation>
    </message>
    <message>
        <source>answered in %1</source>
        <translation>ответ дан за %1</translation>
    </message>
    <message>
        <source>asked for %1</source>
        <translation>просят до %1</translation>
    </message>
    <message>
        <source>fri 9 call them, in 2 h, tomorrow 15:00</source>
        <translation>пт 9 позвонить, через 2 ч, завтра 15:00</translation>
    </message>
    <message>
        <source>in 2 h</source>
        <translation>через 2 ч</translation>
    </message>
    <message numerus="yes">
        <source>moved %n time(s)</source>
        <translation>
            <numerusform>переносилось %n раз</numerusform>
            <numerusform>переносилось %n раза</numerusform>
            <numerusform>переносилось %n раз</numerusform>
        </translation>
    </message>
    <message>
        <source>never moved</source>
        <translation>не переносилось</translation>
    </message>
    <message>
        <source>no date yet</source>
        <translation>срок не назван</translation>
    </message>
    <message>
        <source>not planned</source>
        <translation>не в плане</translation>
    </message>
    <message>
        <source>spent %1</source>
        <translation>прошло %1</translation>
    </message>
    <message>
        <source>spent %1 of %2</source>
        <translation>прошло %1 из %2</translation>
    </message>
    <message>
        <source>tomorrow morning</source>
        <translation>завтра утром</translation>
    </message>
</context>
<context>
    <name>TicketForm</name>
    <message>
        <source>%1 is no effort. Write 2h30, 2:30, 150 or 2.5h.</source>
        <translation>%1 не похоже на трудоёмкость. Напишите 2ч30, 2:30, 150 или 2,5ч.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>Создать</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>Клиент</translation>
    </message>
    <message>
        <source>Effort</source>
        <translation>Трудоёмкость</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>Телефон</translation>
    </message>
    <message>
        <source>not set</source>
        <translation>не указана</translation>
    </message>
</context>
<context>
    <name>TicketsTab</name>
    <message numerus="yes">
        <source>%n older ticket(s): search for the customer to see them</source>
        <translation>
            <numerusform>%n заявка старше: найдите её поиском по клиенту</numerusform>
            <numerusform>%n заявки старше: найдите их поиском по клиенту</numerusform>
            <numerusform>%n заявок старше: найдите их поиском по клиенту</numerusform>
        </translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>Закончено</translation>
    </message>
    <message>
        <source>No tickets yet.</source>
        <translation>Заявок пока нет.</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Номер</translation>
    </message>
    <message>
        <source>Promised</source>
        <translation>Срок назван</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>Поступила</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Состояние</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>Тема</translation>
    </message>
    <message>
        <source>Tickets</source>
        <translation>Заявки</translation>
    </message>
    <message>
        <source>Urgency</source>
        <translation>Срочность</translation>
    </message>
</context>
<context>
    <name>Timeline</name>
    <message numerus="yes">
        <source>%n earlier entry(ies)</source>
        <translation>
            <numerusform>Ещё %n запись</numerusform>
            <numerusform>Ещё %n записи</numerusform>
            <numerusform>Ещё %n записей</numerusform>
        </translation>
    </message>
    <message>
        <source>(no text)</source>
        <translation>(без текста)</translation>
    </message>
    <message>
        <source>A letter became a ticket of its own: %1</source>
        <translation>Письмо стало отдельной заявкой: %1</translation>
    </message>
    <message>
        <source>Accepted %1</source>
        <translation>Принято %1</translation>
    </message>
    <message>
        <source>Acknowledgement</source>
        <translation>Подтверждение</translation>
    </message>
    <message>
        <source>Acknowledgement sent</source>
        <translation>Подтверждение отправлено</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Всё</translation>
    </message>
    <message>
        <source>Asked</source>
        <translation>Спросили</translation>
    </message>
    <message>
        <source>Closed with the last ticket of the fault</source>
        <translation>Закрыта с последней заявкой этой неисправности</translation>
    </message>
    <message>
        <source>Closed: no answer for %1</source>
        <translation>Закрыта: нет ответа %1</translation>
    </message>
    <message>
        <source>Consent received: %1</source>
        <translation>Согласие получено: %1</translation>
    </message>
    <message>
        <source>Copy with author and time</source>
        <translation>Копировать с автором и временем</translation>
    </message>
    <message>
        <source>Correct</source>
        <translation>Исправить</translation>
    </message>
    <message>
        <source>Correction</source>
        <translation>Исправление</translation>
    </message>
    <message>
        <source>Correction to %1</source>
        <translation>Исправление к %1</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Решено</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>События</translation>
    </message>
    <message>
        <source>File %1</source>
        <translation>Файл %1</translation>
    </message>
    <message>
        <source>Follow-up</source>
        <translation>Напоминание о вопросе</translation>
    </message>
    <message>
        <source>Given out by the rules</source>
        <translation>Назначена по правилам</translation>
    </message>
    <message>
        <source>Handed from L%1 to L%2 by %3</source>
        <translation>Передано с L%1 на L%2: %3</translation>
    </message>
    <message>
        <source>Handed from L%1 to L%2: %3 to %4</source>
        <translation>Передано с L%1 на L%2: %3 → %4</translation>
    </message>
    <message>
        <source>Hide quotation</source>
        <translation>Скрыть цитату</translation>
    </message>
    <message>
        <source>Hide the letter</source>
        <translation>Скрыть письмо</translation>
    </message>
    <message>
        <source>Holding letter</source>
        <translation>Промежуточное письмо</translation>
    </message>
    <message>
        <source>Holding letter sent: the promise passes at night</source>
        <translation>Отправлено промежуточное письмо: срок проходит ночью</translation>
    </message>
    <message>
        <source>Hypothesis</source>
        <translation>Гипотеза</translation>
    </message>
    <message>
        <source>It did arrive</source>
        <translation>Письмо дошло</translation>
    </message>
    <message>
        <source>Letters</source>
        <translation>Переписка</translation>
    </message>
    <message>
        <source>Made by the rule %1</source>
        <translation>Создана по правилу %1</translation>
    </message>
    <message>
        <source>Mark of satisfaction taken back</source>
        <translation>Оценка снята</translation>
    </message>
    <message>
        <source>Mark of satisfaction: %1 of %2, %3</source>
        <translation>Оценка: %1 из %2, %3</translation>
    </message>
    <message>
        <source>Merged with %1</source>
        <translation>Объединена с %1</translation>
    </message>
    <message>
        <source>Not accepted yet</source>
        <translation>Ещё не принято</translation>
    </message>
    <message>
        <source>Not fixed: %1</source>
        <translation>Не исправлено: %1</translation>
    </message>
    <message>
        <source>Noticed in the letter: %1</source>
        <translation>Замечено в письме: %1</translation>
    </message>
    <message>
        <source>Number %1 given</source>
        <translation>Присвоен номер %1</translation>
    </message>
    <message>
        <source>On its own again</source>
        <translation>Снова сама по себе</translation>
    </message>
    <message>
        <source>Opened again</source>
        <translation>Открыта снова</translation>
    </message>
    <message>
        <source>Original letter</source>
        <translation>Исходное письмо</translation>
    </message>
    <message>
        <source>Out of office</source>
        <translation>Автоответ: нет на месте</translation>
    </message>
    <message>
        <source>Part of the fault %1</source>
        <translation>Часть общей неисправности %1</translation>
    </message>
    <message>
        <source>Part ordered: %1 × %2</source>
        <translation>Заказано: %1 × %2</translation>
    </message>
    <message>
        <source>Part reserved: %1 × %2</source>
        <translation>Зарезервировано: %1 × %2</translation>
    </message>
    <message>
        <source>Picture %1</source>
        <translation>Картинка %1</translation>
    </message>
    <message>
        <source>Pictures from the internet are not fetched: the sender would see that the letter was opened.</source>
        <translation>Картинки из интернета не загружены: по ним видно, что письмо открыли.</translation>
    </message>
    <message>
        <source>Plan moved</source>
        <translation>План сдвинут</translation>
    </message>
    <message>
        <source>Plan moved: forecast %1, before %2</source>
        <translation>План сдвинут: прогноз %1, был %2</translation>
    </message>
    <message>
        <source>Planned</source>
        <translation>В плане</translation>
    </message>
    <message>
        <source>Planned time changed</source>
        <translation>Время в плане изменено</translation>
    </message>
    <message>
        <source>Planned: %1, %2</source>
        <translation>В плане: %1, %2</translation>
    </message>
    <message>
        <source>Promise</source>
        <translation>Обещание</translation>
    </message>
    <message>
        <source>Protocol</source>
        <translation>Протокол</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>Вопрос</translation>
    </message>
    <message>
        <source>Question about satisfaction</source>
        <translation>Вопрос об удовлетворённости</translation>
    </message>
    <message>
        <source>Refusal</source>
        <translation>Отказ</translation>
    </message>
    <message>
        <source>Refused: %1</source>
        <translation>Отказ: %1</translation>
    </message>
    <message>
        <source>Reminder</source>
        <translation>Напоминание</translation>
    </message>
    <message>
        <source>Resolved</source>
        <translation>Решена</translation>
    </message>
    <message>
        <source>Resolved, told: %1</source>
        <translation>Решена, сообщено: %1</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Повторить</translation>
    </message>
    <message>
        <source>Returned by %1: %2</source>
        <translation>Вернули: %1. Причина: %2</translation>
    </message>
    <message>
        <source>Save %1 as</source>
        <translation>Сохранить %1 как</translation>
    </message>
    <message>
        <source>Send again</source>
        <translation>Отправить ещё раз</translation>
    </message>
    <message>
        <source>Show the letter</source>
        <translation>Показать письмо</translation>
    </message>
    <message>
        <source>Show the whole letter</source>
        <translation>Показать письмо целиком</translation>
    </message>
    <message>
        <source>Slip notice</source>
        <translation>Перенос</translation>
    </message>
    <message>
        <source>Split off from %1</source>
        <translation>Выделена из %1</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Статус</translation>
    </message>
    <message numerus="yes">
        <source>Taken apart again, %n planned block(s) found their time taken: plan anew</source>
        <translation>
            <numerusform>Разъединена, время %n блока плана уже занято: запланируйте заново</numerusform>
            <numerusform>Разъединена, время %n блоков плана уже занято: запланируйте заново</numerusform>
            <numerusform>Разъединена, время %n блоков плана уже занято: запланируйте заново</numerusform>
        </translation>
    </message>
    <message>
        <source>Taken apart again: %1</source>
        <translation>Разъединена: %1</translation>
    </message>
    <message>
        <source>Taken out of the plan</source>
        <translation>Убрано из плана</translation>
    </message>
    <message>
        <source>The letter came back to its author: a colleague was faster</source>
        <translation>Письмо вернулось автору: коллега успел раньше</translation>
    </message>
    <message>
        <source>The letter came back to its author: its date no longer holds</source>
        <translation>Письмо вернулось автору: срок в нём больше не верен</translation>
    </message>
    <message>
        <source>The letter could not be delivered</source>
        <translation>Письмо не доставлено</translation>
    </message>
    <message>
        <source>The letter is signed. The signature is not checked here: a mail program does that.</source>
        <translation>Письмо подписано. Подпись здесь не проверяется: это делает почтовая программа.</translation>
    </message>
    <message>
        <source>The letter speaks of urgency: %1</source>
        <translation>В письме названа срочность: %1</translation>
    </message>
    <message>
        <source>The letter was forwarded, written by %1</source>
        <translation>Письмо переслано, автор: %1</translation>
    </message>
    <message>
        <source>The new date was told by itself, as the contract allows</source>
        <translation>Новый срок сообщён без человека: так разрешено договором</translation>
    </message>
    <message>
        <source>The time was taken by a colleague first: plan it anew</source>
        <translation>Время раньше занял коллега: запланируйте снова</translation>
    </message>
    <message>
        <source>The time went to %1 first: plan it anew</source>
        <translation>Время раньше заняла %1: назначьте заново</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>Лента</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Сегодня</translation>
    </message>
    <message>
        <source>Tried</source>
        <translation>Пробовали</translation>
    </message>
    <message>
        <source>Two values, the later one was chosen: %1</source>
        <translation>Из двух значений выбрано позднее: %1</translation>
    </message>
    <message>
        <source>Two values, the shared one was chosen: %1</source>
        <translation>Из двух значений выбрано общее: %1</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Отменить</translation>
    </message>
    <message>
        <source>Visit</source>
        <comment>letter</comment>
        <translation>Выезд</translation>
    </message>
    <message>
        <source>Visit cancelled</source>
        <translation>Выезд отменён</translation>
    </message>
    <message>
        <source>Visit done, accepted by %1</source>
        <translation>Выезд выполнен, кто принял: %1</translation>
    </message>
    <message>
        <source>Visit planned: %1</source>
        <translation>Выезд запланирован: %1</translation>
    </message>
    <message>
        <source>Wanted</source>
        <translation>Нужно</translation>
    </message>
    <message>
        <source>Went up from L%1 to L%2: nobody took it in time</source>
        <translation>Поднялась с L%1 на L%2: вовремя никто не взял</translation>
    </message>
    <message>
        <source>Went up to L%1 by the rule of waiting</source>
        <translation>Поднялась на L%1 по правилу ожидания</translation>
    </message>
    <message>
        <source>What the timeline shows</source>
        <translation>Что показывает лента</translation>
    </message>
    <message>
        <source>Why this date</source>
        <translation>Почему эта дата</translation>
    </message>
    <message>
        <source>Work split into parts</source>
        <translation>Работа разделена на части</translation>
    </message>
    <message>
        <source>being sent</source>
        <translation>отправляется</translation>
    </message>
    <message>
        <source>by mail</source>
        <translation>письмом</translation>
    </message>
    <message>
        <source>by phone</source>
        <translation>по телефону</translation>
    </message>
    <message>
        <source>corrected</source>
        <translation>исправлено</translation>
    </message>
    <message>
        <source>it is not known whether it was sent</source>
        <translation>неизвестно, ушло ли письмо</translation>
    </message>
    <message>
        <source>leaves in %1 s</source>
        <translation>уйдёт через %1 с</translation>
    </message>
    <message>
        <source>not sent</source>
        <translation>не отправлено</translation>
    </message>
    <message>
        <source>not sent: %1</source>
        <translation>не отправлено: %1</translation>
    </message>
    <message>
        <source>note, internal</source>
        <translation>заметка, внутренняя</translation>
    </message>
    <message>
        <source>on site</source>
        <translation>на месте</translation>
    </message>
    <message>
        <source>to: %1</source>
        <translation>кому: %1</translation>
    </message>
</context>
<context>
    <name>TimerChip</name>
    <message>
        <source>Timer</source>
        <translation>Таймер</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>Call</source>
        <translation>Звонок</translation>
    </message>
    <message>
        <source>Find a ticket, a customer or a command</source>
        <translation>Найти заявку, клиента или команду</translation>
    </message>
    <message>
        <source>New ticket</source>
        <translation>Новая заявка</translation>
    </message>
</context>
<context>
    <name>Trace</name>
    <message>
        <source>%1, too short</source>
        <translation>%1, мало</translation>
    </message>
    <message>
        <source>Answer due</source>
        <translation>Срок ответа</translation>
    </message>
    <message>
        <source>By the hours of the contract</source>
        <translation>По часам договора</translation>
    </message>
    <message>
        <source>By the working time of %1</source>
        <translation>Рабочее время: %1</translation>
    </message>
    <message>
        <source>By the working time of the desk</source>
        <translation>Рабочее время службы</translation>
    </message>
    <message>
        <source>Copy as text</source>
        <translation>Скопировать текстом</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>Закончено</translation>
    </message>
    <message>
        <source>Forecast</source>
        <translation>Прогноз</translation>
    </message>
    <message>
        <source>Nothing is known of this date yet.</source>
        <translation>Об этой дате пока ничего не известно.</translation>
    </message>
    <message>
        <source>Part due</source>
        <translation>Срок замены</translation>
    </message>
    <message>
        <source>Promise</source>
        <translation>Обещание</translation>
    </message>
    <message>
        <source>Reaction due</source>
        <translation>Срок реакции</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>Поступила</translation>
    </message>
    <message>
        <source>Solution due</source>
        <translation>Срок решения</translation>
    </message>
    <message>
        <source>Why %1</source>
        <translation>Почему %1</translation>
    </message>
    <message>
        <source>Why this date</source>
        <translation>Почему эта дата</translation>
    </message>
    <message>
        <source>absent</source>
        <translation>отсутствует</translation>
    </message>
    <message>
        <source>all day</source>
        <translation>весь день</translation>
    </message>
    <message>
        <source>busy</source>
        <translation>занято</translation>
    </message>
    <message>
        <source>busy: %1</source>
        <translation>занято: %1</translation>
    </message>
    <message>
        <source>contract %1, %2, urgency %3: %4</source>
        <translation>договор %1, %2, срочность %3: %4</translation>
    </message>
    <message>
        <source>day is over</source>
        <translation>день окончен</translation>
    </message>
    <message>
        <source>due</source>
        <translation>срок</translation>
    </message>
    <message>
        <source>free</source>
        <translation>свободно</translation>
    </message>
    <message>
        <source>holiday</source>
        <translation>праздник</translation>
    </message>
    <message>
        <source>holiday: %1</source>
        <translation>праздник: %1</translation>
    </message>
    <message>
        <source>kept for the unforeseen</source>
        <translation>оставлено на непредвиденное</translation>
    </message>
    <message>
        <source>lunch</source>
        <translation>обед</translation>
    </message>
    <message>
        <source>margin %1</source>
        <translation>надбавка %1</translation>
    </message>
    <message>
        <source>not working</source>
        <translation>не работает</translation>
    </message>
    <message>
        <source>opened again, %1 left</source>
        <translation>открыта снова, осталось %1</translation>
    </message>
    <message>
        <source>promise</source>
        <translation>обещание</translation>
    </message>
    <message>
        <source>rounded up</source>
        <translation>округлено вверх</translation>
    </message>
    <message>
        <source>stands still</source>
        <translation>стоит</translation>
    </message>
    <message>
        <source>stands still: waiting for a part</source>
        <translation>стоит: ждём деталь</translation>
    </message>
    <message>
        <source>stands still: waiting for a third party</source>
        <translation>стоит: ждём третью сторону</translation>
    </message>
    <message>
        <source>stands still: waiting for the customer</source>
        <translation>стоит: ждём клиента</translation>
    </message>
    <message>
        <source>stands still: waiting for the visit</source>
        <translation>стоит: ждём выезда</translation>
    </message>
    <message>
        <source>the answer clock runs, %1</source>
        <translation>идёт срок ответа, %1</translation>
    </message>
    <message>
        <source>the clock runs, %1</source>
        <translation>срок идёт, %1</translation>
    </message>
    <message>
        <source>the part is not here yet</source>
        <translation>запчасти ещё нет</translation>
    </message>
    <message>
        <source>the way %1</source>
        <translation>дорога %1</translation>
    </message>
    <message>
        <source>to %1</source>
        <translation>до %1</translation>
    </message>
    <message>
        <source>too early, as agreed</source>
        <translation>рано, как условились</translation>
    </message>
    <message>
        <source>training</source>
        <translation>обучение</translation>
    </message>
    <message>
        <source>waiting for %1</source>
        <translation>ждём %1</translation>
    </message>
    <message>
        <source>waiting for %1, no date known</source>
        <translation>ждём %1, дата неизвестна</translation>
    </message>
    <message>
        <source>waiting for a part</source>
        <translation>ждём деталь</translation>
    </message>
    <message>
        <source>weekend</source>
        <translation>выходной</translation>
    </message>
    <message>
        <source>work %1</source>
        <translation>работа %1</translation>
    </message>
    <message>
        <source>work beyond the plan %1</source>
        <translation>работа сверх плана %1</translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message numerus="yes">
        <source>%n answer(s) due</source>
        <translation>
            <numerusform>%n заявка ждёт ответа</numerusform>
            <numerusform>%n заявки ждут ответа</numerusform>
            <numerusform>%n заявок ждут ответа</numerusform>
        </translation>
    </message>
    <message>
        <source>Do not disturb</source>
        <translation>Не беспокоить</translation>
    </message>
    <message>
        <source>New ticket</source>
        <translation>Новая заявка</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Открыть</translation>
    </message>
    <message>
        <source>Phone call</source>
        <translation>Звонок</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Выйти</translation>
    </message>
    <message>
        <source>Timer start, stop</source>
        <translation>Таймер: пуск, пауза</translation>
    </message>
</context>
<context>
    <name>Triage</name>
    <message>
        <source>2h30, 2:30, 150, 2.5h</source>
        <translation>2ч30, 2:30, 150, 2,5ч</translation>
    </message>
    <message>
        <source>Back to work</source>
        <translation>Вернуть в работу</translation>
    </message>
    <message>
        <source>Cause</source>
        <translation>Причина</translation>
    </message>
    <message>
        <source>Close the ticket</source>
        <translation>Закрыть заявку</translation>
    </message>
    <message>
        <source>Consent received</source>
        <translation>Согласие получено</translation>
    </message>
    <message>
        <source>Effort</source>
        <translation>Трудоёмкость</translation>
    </message>
    <message>
        <source>L%1</source>
        <translation>L%1</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>Линия</translation>
    </message>
    <message>
        <source>Line L%1</source>
        <translation>Линия L%1</translation>
    </message>
    <message>
        <source>Monday morning</source>
        <translation>в понедельник утром</translation>
    </message>
    <message>
        <source>Nobody</source>
        <translation>Никто</translation>
    </message>
    <message>
        <source>Not fixed</source>
        <translation>Не исправлено</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>Неизвестно</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>Продукт</translation>
    </message>
    <message>
        <source>Snooze until</source>
        <translation>Отложить до</translation>
    </message>
    <message>
        <source>Specialist</source>
        <translation>Исполнитель</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>Тема</translation>
    </message>
    <message>
        <source>Urgency</source>
        <translation>Срочность</translation>
    </message>
    <message>
        <source>Zone of the fault</source>
        <translation>Зона неисправности</translation>
    </message>
    <message>
        <source>in 2 h</source>
        <translation>через 2 ч</translation>
    </message>
    <message>
        <source>tomorrow 15:00, in 2 h, fri 9, until reply</source>
        <translation>завтра 15:00, через 2 ч, пт 9, до ответа</translation>
    </message>
    <message>
        <source>tomorrow morning</source>
        <translation>завтра утром</translation>
    </message>
    <message>
        <source>until they reply</source>
        <translation>до ответа</translation>
    </message>
    <message>
        <source>usual for such tickets</source>
        <translation>обычно для таких</translation>
    </message>
</context>
<context>
    <name>Undo</name>
    <message>
        <source>%1 Changed again since.</source>
        <translation>%1 Позже изменено ещё раз.</translation>
    </message>
    <message>
        <source>Letter for %1 leaves in %2 s.</source>
        <translation>Письмо по %1 уйдёт через %2 с</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Вернуть</translation>
    </message>
    <message>
        <source>The letter leaves in %1 s.</source>
        <translation>Письмо уйдёт через %1 с</translation>
    </message>
    <message>
        <source>The letter left at %1.</source>
        <translation>Письмо ушло в %1.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Отменить</translation>
    </message>
    <message>
        <source>Undone: %1</source>
        <translation>Отменено: %1</translation>
    </message>
    <message>
        <source>Write a correction</source>
        <translation>Написать исправление</translation>
    </message>
</context>
<context>
    <name>Visits</name>
    <message>
        <source>%1 (with a break: %2)</source>
        <translation>%1 (с перерывом: %2)</translation>
    </message>
    <message>
        <source>%1 came in</source>
        <translation>Поступило: %1</translation>
    </message>
    <message>
        <source>%1 for %2</source>
        <translation>%1 для %2</translation>
    </message>
    <message>
        <source>%1 on %2</source>
        <translation>%1 на %2</translation>
    </message>
    <message>
        <source>%1 × %2</source>
        <translation>%1 × %2</translation>
    </message>
    <message>
        <source>%1, in stock</source>
        <translation>%1, в наличии</translation>
    </message>
    <message>
        <source>%1, missing %2</source>
        <translation>%1, нет %2</translation>
    </message>
    <message>
        <source>%1, not ordered</source>
        <translation>%1, не заказано</translation>
    </message>
    <message>
        <source>%1, on order for %2</source>
        <translation>%1, в заказе на %2</translation>
    </message>
    <message>
        <source>%1, usually by %2</source>
        <translation>%1, обычно к %2</translation>
    </message>
    <message>
        <source>10.11.2026; empty: as usual</source>
        <translation>10.11.2026; пусто: как обычно</translation>
    </message>
    <message>
        <source>A lead or an administrator can do this.</source>
        <translation>Это может сделать руководитель или администратор.</translation>
    </message>
    <message>
        <source>Accepted by</source>
        <translation>Кто принял</translation>
    </message>
    <message>
        <source>Accepted by, signature, date:</source>
        <translation>Принял, подпись, дата:</translation>
    </message>
    <message>
        <source>Accepted by: %1</source>
        <translation>Кто принял: %1</translation>
    </message>
    <message>
        <source>Access</source>
        <translation>Доступ</translation>
    </message>
    <message>
        <source>Add a part</source>
        <translation>Добавить деталь</translation>
    </message>
    <message>
        <source>Add a place</source>
        <translation>Добавить место</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Адрес</translation>
    </message>
    <message>
        <source>Ahead</source>
        <translation>Предстоят</translation>
    </message>
    <message>
        <source>Another day</source>
        <translation>Другой день</translation>
    </message>
    <message>
        <source>Another time</source>
        <translation>Другое время</translation>
    </message>
    <message>
        <source>Below minimum</source>
        <translation>Ниже минимума</translation>
    </message>
    <message>
        <source>Below zero</source>
        <translation>Ниже нуля</translation>
    </message>
    <message>
        <source>Below zero: count it</source>
        <translation>Ниже нуля: пересчитайте</translation>
    </message>
    <message>
        <source>Came in</source>
        <translation>Поступило</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <source>Cancel the order</source>
        <translation>Отменить заказ</translation>
    </message>
    <message>
        <source>Cancel the visit</source>
        <translation>Отменить выезд</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Отменён</translation>
    </message>
    <message>
        <source>Choose when somebody goes.</source>
        <translation>Выберите, когда поехать.</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>Код</translation>
    </message>
    <message>
        <source>Confirmed</source>
        <translation>Подтверждён</translation>
    </message>
    <message>
        <source>Confirmed by</source>
        <translation>Подтвердил</translation>
    </message>
    <message>
        <source>Contact</source>
        <translation>Контакт</translation>
    </message>
    <message>
        <source>Contract</source>
        <translation>Договор</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>Пересчитать</translation>
    </message>
    <message>
        <source>Count %1</source>
        <translation>Пересчитать %1</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>Клиент</translation>
    </message>
    <message>
        <source>Customer confirmed</source>
        <translation>Клиент подтвердил</translation>
    </message>
    <message>
        <source>Delivered</source>
        <translation>Доставлено</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Выполнен</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Изменить</translation>
    </message>
    <message>
        <source>Edit the part</source>
        <translation>Изменить деталь</translation>
    </message>
    <message>
        <source>Engineer</source>
        <translation>Инженер</translation>
    </message>
    <message>
        <source>Equipment</source>
        <translation>Оборудование</translation>
    </message>
    <message>
        <source>Expected on</source>
        <translation>Ожидается</translation>
    </message>
    <message>
        <source>Find a part</source>
        <translation>Найти деталь</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>Свободно</translation>
    </message>
    <message>
        <source>From where</source>
        <translation>Откуда</translation>
    </message>
    <message>
        <source>Give the name of the person you spoke to.</source>
        <translation>Укажите, с кем вы говорили.</translation>
    </message>
    <message>
        <source>How</source>
        <translation>Как</translation>
    </message>
    <message>
        <source>How many</source>
        <translation>Сколько</translation>
    </message>
    <message>
        <source>How the customer is told</source>
        <translation>Как сообщить клиенту</translation>
    </message>
    <message>
        <source>In stock</source>
        <translation>В наличии</translation>
    </message>
    <message>
        <source>In whose car</source>
        <translation>В чьей машине</translation>
    </message>
    <message>
        <source>Minimum</source>
        <translation>Минимум</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>Переместить</translation>
    </message>
    <message>
        <source>Move %1</source>
        <translation>Переместить %1</translation>
    </message>
    <message>
        <source>Movements</source>
        <translation>Движения</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Название</translation>
    </message>
    <message>
        <source>Name of the place</source>
        <translation>Название места</translation>
    </message>
    <message>
        <source>New part</source>
        <translation>Новая деталь</translation>
    </message>
    <message>
        <source>New place</source>
        <translation>Новое место</translation>
    </message>
    <message>
        <source>No visits in the last 60 days.</source>
        <translation>За последние 60 дней выездов не было.</translation>
    </message>
    <message>
        <source>No visits. Plan one from a ticket (V).</source>
        <translation>Выездов нет. Запланируйте из заявки (V).</translation>
    </message>
    <message>
        <source>Nobody has the time in one piece within the hours of the contract.</source>
        <translation>Ни у кого нет столько времени подряд в часы договора.</translation>
    </message>
    <message>
        <source>Not confirmed</source>
        <translation>Не подтверждён</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Примечание</translation>
    </message>
    <message>
        <source>Nothing matches.</source>
        <translation>Ничего не найдено.</translation>
    </message>
    <message>
        <source>On order</source>
        <translation>В заказе</translation>
    </message>
    <message>
        <source>On site</source>
        <translation>На месте</translation>
    </message>
    <message>
        <source>On the way</source>
        <translation>В пути</translation>
    </message>
    <message>
        <source>Open in maps</source>
        <translation>На карте</translation>
    </message>
    <message>
        <source>Open the ticket</source>
        <translation>Открыть заявку</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Заказать</translation>
    </message>
    <message>
        <source>Order %1</source>
        <translation>Заказать %1</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>Деталь</translation>
    </message>
    <message>
        <source>Parts</source>
        <translation>Запчасти</translation>
    </message>
    <message>
        <source>Parts used and returned:</source>
        <translation>Израсходованные и возвращённые детали:</translation>
    </message>
    <message>
        <source>Past</source>
        <translation>Прошедшие</translation>
    </message>
    <message>
        <source>Places</source>
        <translation>Места</translation>
    </message>
    <message>
        <source>Plan a visit</source>
        <translation>Запланировать выезд</translation>
    </message>
    <message>
        <source>Plan the visit</source>
        <translation>Запланировать</translation>
    </message>
    <message>
        <source>Planned</source>
        <translation>Запланирован</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Записать</translation>
    </message>
    <message>
        <source>Release</source>
        <translation>Снять резерв</translation>
    </message>
    <message>
        <source>Reserved</source>
        <translation>Резерв</translation>
    </message>
    <message>
        <source>Returned</source>
        <translation>Возвращено</translation>
    </message>
    <message>
        <source>Safety</source>
        <translation>Безопасность</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Сохранить</translation>
    </message>
    <message>
        <source>Site</source>
        <translation>Площадка</translation>
    </message>
    <message>
        <source>Spare parts</source>
        <translation>Запчасти</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Состояние</translation>
    </message>
    <message>
        <source>Stock</source>
        <translation>Запас</translation>
    </message>
    <message>
        <source>Supplier</source>
        <translation>Поставщик</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>Задача</translation>
    </message>
    <message>
        <source>Tell by letter</source>
        <translation>Сообщить письмом</translation>
    </message>
    <message>
        <source>Tell later</source>
        <translation>Сообщить позже</translation>
    </message>
    <message>
        <source>The order was delivered</source>
        <translation>Заказ доставлен</translation>
    </message>
    <message>
        <source>The plan has left the window</source>
        <translation>План вышел из окна</translation>
    </message>
    <message>
        <source>The stock is empty: add parts or import them.</source>
        <translation>Склад пуст: добавить или загрузить.</translation>
    </message>
    <message>
        <source>The supplier names another day</source>
        <translation>Поставщик называет другой день</translation>
    </message>
    <message>
        <source>The visit is done</source>
        <translation>Выезд выполнен</translation>
    </message>
    <message>
        <source>Ticket</source>
        <translation>Заявка</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Время</translation>
    </message>
    <message>
        <source>Told by phone</source>
        <translation>Сказано по телефону</translation>
    </message>
    <message>
        <source>Travel</source>
        <translation>Дорога</translation>
    </message>
    <message>
        <source>Travel, one way</source>
        <translation>Дорога в одну сторону</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>Единица</translation>
    </message>
    <message>
        <source>Used</source>
        <translation>Израсходовано</translation>
    </message>
    <message>
        <source>Usual delivery</source>
        <translation>Обычная поставка</translation>
    </message>
    <message>
        <source>Usual delivery, days</source>
        <translation>Обычная поставка, дней</translation>
    </message>
    <message>
        <source>Visit</source>
        <translation>Выезд</translation>
    </message>
    <message>
        <source>Visit for %1 confirmed</source>
        <translation>Выезд по %1 подтверждён</translation>
    </message>
    <message>
        <source>Visit sheet</source>
        <translation>Лист выезда</translation>
    </message>
    <message>
        <source>Visit sheet, ticket %1</source>
        <translation>Лист выезда, заявка %1</translation>
    </message>
    <message>
        <source>Visits</source>
        <translation>Выезды</translation>
    </message>
    <message>
        <source>Visits and parts</source>
        <translation>Выезды и запчасти</translation>
    </message>
    <message>
        <source>Visits or parts</source>
        <translation>Выезды или запчасти</translation>
    </message>
    <message>
        <source>What for</source>
        <translation>Для чего</translation>
    </message>
    <message>
        <source>What was fixed</source>
        <translation>Что исправлено</translation>
    </message>
    <message>
        <source>What was found at each place.</source>
        <translation>Сколько нашлось на каждом месте.</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Когда</translation>
    </message>
    <message>
        <source>When somebody can go</source>
        <translation>Когда можно поехать</translation>
    </message>
    <message>
        <source>Where from</source>
        <translation>Откуда взялось</translation>
    </message>
    <message>
        <source>Where it lies now</source>
        <translation>Где теперь лежит</translation>
    </message>
    <message>
        <source>Where to</source>
        <translation>Куда</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Кто</translation>
    </message>
    <message>
        <source>Who confirmed</source>
        <translation>Кто подтвердил</translation>
    </message>
    <message>
        <source>Window missed</source>
        <translation>Окно сорвано</translation>
    </message>
    <message>
        <source>With engineers</source>
        <translation>У инженеров</translation>
    </message>
    <message>
        <source>Without a time</source>
        <translation>Без времени</translation>
    </message>
    <message>
        <source>Work on site</source>
        <translation>Работа на месте</translation>
    </message>
    <message>
        <source>Write a date as 10.11 or 10.11.2026.</source>
        <translation>Напишите дату как 10.11 или 10.11.2026.</translation>
    </message>
    <message>
        <source>another address</source>
        <translation>другой адрес</translation>
    </message>
    <message>
        <source>as the contract wants</source>
        <translation>в срок по договору</translation>
    </message>
    <message>
        <source>by mail</source>
        <translation>письмом</translation>
    </message>
    <message>
        <source>by phone</source>
        <translation>по телефону</translation>
    </message>
    <message>
        <source>came</source>
        <translation>поступило</translation>
    </message>
    <message>
        <source>counted</source>
        <translation>пересчёт</translation>
    </message>
    <message>
        <source>emergency</source>
        <translation>аварийный</translation>
    </message>
    <message>
        <source>later than the contract wants</source>
        <translation>позже срока по договору</translation>
    </message>
    <message>
        <source>moved</source>
        <translation>перемещено</translation>
    </message>
    <message>
        <source>no time yet</source>
        <translation>времени пока нет</translation>
    </message>
    <message>
        <source>nobody's, a store</source>
        <translation>ничья, склад</translation>
    </message>
    <message>
        <source>pcs.</source>
        <translation>шт.</translation>
    </message>
    <message>
        <source>returned</source>
        <translation>возвращено</translation>
    </message>
    <message>
        <source>routine</source>
        <translation>обычный</translation>
    </message>
    <message>
        <source>stock count</source>
        <translation>инвентаризация</translation>
    </message>
    <message>
        <source>used</source>
        <translation>израсходовано</translation>
    </message>
    <message>
        <source>visits: %1</source>
        <translation>Выезды: %1</translation>
    </message>
    <message>
        <source>work must begin by %1</source>
        <translation>Срок начала работ: %1</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>#%1</source>
        <translation>№%1</translation>
    </message>
    <message>
        <source>%1 %2 %3 %4, %5 (%6)</source>
        <comment>weekday day month year, time (zone)</comment>
        <translation>%1, %2 %3 %4, %5 (%6)</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>day, time</comment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>weekday, date</comment>
        <translation>%1, %2</translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n день</numerusform>
            <numerusform>%n дня</numerusform>
            <numerusform>%n дней</numerusform>
        </translation>
    </message>
    <message>
        <source>Apr</source>
        <translation>апр</translation>
    </message>
    <message>
        <source>April</source>
        <translation>Апрель</translation>
    </message>
    <message>
        <source>April</source>
        <comment>of</comment>
        <translation>апреля</translation>
    </message>
    <message>
        <source>Aug</source>
        <translation>авг</translation>
    </message>
    <message>
        <source>August</source>
        <translation>Август</translation>
    </message>
    <message>
        <source>August</source>
        <comment>of</comment>
        <translation>августа</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Изменение</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Проверка</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>Закрыта</translation>
    </message>
    <message>
        <source>Critical</source>
        <translation>Критическая</translation>
    </message>
    <message>
        <source>Dec</source>
        <translation>дек</translation>
    </message>
    <message>
        <source>December</source>
        <translation>Декабрь</translation>
    </message>
    <message>
        <source>December</source>
        <comment>of</comment>
        <translation>декабря</translation>
    </message>
    <message>
        <source>Feb</source>
        <translation>фев</translation>
    </message>
    <message>
        <source>February</source>
        <translation>Февраль</translation>
    </message>
    <message>
        <source>February</source>
        <comment>of</comment>
        <translation>февраля</translation>
    </message>
    <message>
        <source>Fri</source>
        <translation>пт</translation>
    </message>
    <message>
        <source>Friday</source>
        <translation>Пятница</translation>
    </message>
    <message>
        <source>GB</source>
        <translation>ГБ</translation>
    </message>
    <message>
        <source>High</source>
        <translation>Высокая</translation>
    </message>
    <message>
        <source>In progress</source>
        <translation>В работе</translation>
    </message>
    <message>
        <source>Jan</source>
        <translation>янв</translation>
    </message>
    <message>
        <source>January</source>
        <translation>Январь</translation>
    </message>
    <message>
        <source>January</source>
        <comment>of</comment>
        <translation>января</translation>
    </message>
    <message>
        <source>Jul</source>
        <translation>июл</translation>
    </message>
    <message>
        <source>July</source>
        <translation>Июль</translation>
    </message>
    <message>
        <source>July</source>
        <comment>of</comment>
        <translation>июля</translation>
    </message>
    <message>
        <source>Jun</source>
        <translation>июн</translation>
    </message>
    <message>
        <source>June</source>
        <translation>Июнь</translation>
    </message>
    <message>
        <source>June</source>
        <comment>of</comment>
        <translation>июня</translation>
    </message>
    <message>
        <source>KB</source>
        <translation>КБ</translation>
    </message>
    <message>
        <source>Low</source>
        <translation>Низкая</translation>
    </message>
    <message>
        <source>MB</source>
        <translation>МБ</translation>
    </message>
    <message>
        <source>MSK</source>
        <translation>МСК</translation>
    </message>
    <message>
        <source>Mar</source>
        <translation>мар</translation>
    </message>
    <message>
        <source>March</source>
        <translation>Март</translation>
    </message>
    <message>
        <source>March</source>
        <comment>of</comment>
        <translation>марта</translation>
    </message>
    <message>
        <source>May</source>
        <translation>Май</translation>
    </message>
    <message>
        <source>May</source>
        <comment>of</comment>
        <translation>мая</translation>
    </message>
    <message>
        <source>May</source>
        <comment>short</comment>
        <translation>мая</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>Замер</translation>
    </message>
    <message>
        <source>Merged</source>
        <translation>Объединена</translation>
    </message>
    <message>
        <source>Mon</source>
        <translation>пн</translation>
    </message>
    <message>
        <source>Monday</source>
        <translation>Понедельник</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Новая</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>Обычная</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Заметка</translation>
    </message>
    <message>
        <source>Nov</source>
        <translation>ноя</translation>
    </message>
    <message>
        <source>November</source>
        <translation>Ноябрь</translation>
    </message>
    <message>
        <source>November</source>
        <comment>of</comment>
        <translation>ноября</translation>
    </message>
    <message>
        <source>Oct</source>
        <translation>окт</translation>
    </message>
    <message>
        <source>October</source>
        <translation>Октябрь</translation>
    </message>
    <message>
        <source>October</source>
        <comment>of</comment>
        <translation>октября</translation>
    </message>
    <message>
        <source>Outside working time</source>
        <translation>Нерабочее время</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>Деталь</translation>
    </message>
    <message>
        <source>Promised</source>
        <translation>Срок назван</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Отказ</translation>
    </message>
    <message>
        <source>Resolved, waiting for consent</source>
        <translation>Решена, ждём согласия</translation>
    </message>
    <message>
        <source>Sat</source>
        <translation>сб</translation>
    </message>
    <message>
        <source>Saturday</source>
        <translation>Суббота</translation>
    </message>
    <message>
        <source>Sep</source>
        <translation>сен</translation>
    </message>
    <message>
        <source>September</source>
        <translation>Сентябрь</translation>
    </message>
    <message>
        <source>September</source>
        <comment>of</comment>
        <translation>сентября</translation>
    </message>
    <message>
        <source>Short day until %1, %2 left</source>
        <translation>Короткий день до %1, осталось %2</translation>
    </message>
    <message>
        <source>Sun</source>
        <translation>вс</translation>
    </message>
    <message>
        <source>Sunday</source>
        <translation>Воскресенье</translation>
    </message>
    <message>
        <source>Talk</source>
        <translation>Разговор</translation>
    </message>
    <message>
        <source>This file can hold macros: open it only if you know who sent it</source>
        <translation>В файле могут быть макросы: открывайте, только если знаете отправителя</translation>
    </message>
    <message>
        <source>This file is a disk image: programs inside it start without a warning</source>
        <translation>Это образ диска: программы из него запускаются без предупреждения</translation>
    </message>
    <message>
        <source>This file is a page: it can load things from the network when opened</source>
        <translation>Это веб-страница: открытая, она может загружать данные из сети</translation>
    </message>
    <message>
        <source>This file is a program: it can do anything when opened</source>
        <translation>Это программа: открытая, она может сделать что угодно</translation>
    </message>
    <message>
        <source>This file is a script: it can do anything when opened</source>
        <translation>Это скрипт: открытый, он может сделать что угодно</translation>
    </message>
    <message>
        <source>This file is a shortcut: it can start programs or send passwords elsewhere</source>
        <translation>Это ярлык: он может запустить программу или передать пароль на чужой сервер</translation>
    </message>
    <message>
        <source>Thu</source>
        <translation>чт</translation>
    </message>
    <message>
        <source>Thursday</source>
        <translation>Четверг</translation>
    </message>
    <message>
        <source>Tue</source>
        <translation>вт</translation>
    </message>
    <message>
        <source>Tuesday</source>
        <translation>Вторник</translation>
    </message>
    <message>
        <source>Visit</source>
        <translation>Выезд</translation>
    </message>
    <message>
        <source>Waiting for a third party</source>
        <translation>Ждём третью сторону</translation>
    </message>
    <message>
        <source>Waiting for customer</source>
        <translation>Ждём клиента</translation>
    </message>
    <message>
        <source>Waiting for parts or visit</source>
        <translation>Ждём деталь или выезд</translation>
    </message>
    <message>
        <source>Wed</source>
        <translation>ср</translation>
    </message>
    <message>
        <source>Wednesday</source>
        <translation>Среда</translation>
    </message>
    <message>
        <source>Working time from %1</source>
        <translation>Рабочее время с %1</translation>
    </message>
    <message>
        <source>Working until %1, %2 left</source>
        <translation>Рабочий день до %1, осталось %2</translation>
    </message>
    <message>
        <source>d</source>
        <translation>дн</translation>
    </message>
    <message>
        <source>h</source>
        <translation>ч</translation>
    </message>
    <message>
        <source>late by %1</source>
        <translation>срыв %1</translation>
    </message>
    <message>
        <source>m</source>
        <translation>м</translation>
    </message>
    <message>
        <source>min</source>
        <translation>мин</translation>
    </message>
    <message>
        <source>number after sync</source>
        <translation>номер после связи</translation>
    </message>
    <message>
        <source>s</source>
        <translation>с</translation>
    </message>
    <message>
        <source>slack %1</source>
        <translation>запас %1</translation>
    </message>
    <message>
        <source>today</source>
        <translation>сегодня</translation>
    </message>
    <message>
        <source>tomorrow</source>
        <translation>завтра</translation>
    </message>
    <message>
        <source>yesterday</source>
        <translation>вчера</translation>
    </message>
</context>
<context>
    <name>_FileChip</name>
    <message>
        <source>%1. Delete takes it off.</source>
        <translation>%1. Delete убирает.</translation>
    </message>
</context>
</TS>
