/* English, Turkish and Russian: the words people begin with. */
#include "tests/unit/text/dates/dates_test.h"

static const struct dates_case english[] = {
  { "next Saturday at 3pm", "2026-03-14 15:00", "English" },
  { "Saturday at 10", "2026-03-14 10:00", "English" },
  { "tomorrow at 7 pm", "2026-03-11 19:00", "English" },
  { "Saturday night at 1", "2026-03-15 01:00", "a night goes on after midnight" },
  { "we're firing up the barbecue on Saturday at 5pm", "2026-03-14 17:00", "no \"were\"" },
  { "we’re meeting on Thursday at 6 pm", "2026-03-12 18:00", "no \"were\"" },
  { "we were there on Saturday at 5pm", "2026-03-07 17:00<", "looks back" },
  { "today", "2026-03-10", "English" },
  { "on March 14th", "2026-03-14", "English" },
  { "12 May 2026", "2026-05-12", "English" },
  { "5 to 19 July", "2026-07-05 / 2026-07-19", "English" },
  { "from 5 to 19 July", "2026-07-05 / 2026-07-19", "English" },
  { "at 5 to 7", "2026-03-10 18:55", "English" },
  { "May 12, 2026", "2026-05-12", "English" },
  { "the 3rd of July", "2026-07-03", "English" },
  { "from 3 to 5pm", "2026-03-10 15:00 / 2026-03-10 17:00", "English" },
  { "3-5pm", "2026-03-10 15:00 / 2026-03-10 17:00", "English" },
  { "between 2 and 4 pm", "2026-03-10 14:00 / 2026-03-10 16:00", "English" },
  { "on Monday morning", "2026-03-16 08:00 hour", "English" },
  { "in two weeks", "2026-03-24", "English" },
  { "two weeks ago", "2026-02-24<", "English" },
  { "every first Tuesday of the month", "2026-04-07 FREQ=MONTHLY;BYDAY=1TU", "English" },
  { "every Monday at 6pm", "2026-03-16 18:00 FREQ=WEEKLY;BYDAY=MO", "English" },
  { "on Mondays", "2026-03-16 FREQ=WEEKLY;BYDAY=MO", "English" },
  { "until 15 May", "- / 2026-05-15!", "English" },
  { "by the end of May", "- / 2026-05-31!", "English" },
  { "at half past six", "2026-03-10 18:30", "English" },
  { "quarter to eight", "2026-03-10 19:45", "English" },
  { "at noon", "2026-03-10 12:00", "English" },
  { "Sat 12 May, 18:00", "2026-05-12 18:00", "English" },
  { "next week", "2026-03-16 / 2026-03-22 week", "English" },
  { "this weekend", "2026-03-14 / 2026-03-15", "English" },
  { "last Friday", "2026-03-06<", "English" },
  { "I may come", "", "English" },
  { "we march on", "", "English" },
  { "Have a nice evening!", "", "English" },
  { "we had a look on 3 March", "2026-03-03<", "English" },
};

static void english_is_read(void **state)
{
  (void)state;
  check_dates(english, G_N_ELEMENTS(english), "en", &tuesday);
}

static const struct dates_case polish[] = {
  { "w sobotę 5 grudnia o 15:00", "2026-12-05 15:00", "Polish" },
  { "w sobotę o 15:00", "2026-03-14 15:00", "Polish" },
  { "jutro o godz. 18:30", "2026-03-11 18:30", "Polish" },
  { "12 maja 2026", "2026-05-12", "Polish" },
  { "we wtorek 17 marca", "2026-03-17", "Polish" },
  { "w przyszłą sobotę", "2026-03-14", "Polish" },
  { "za dwa tygodnie", "2026-03-24", "Polish" },
  { "dzisiaj", "2026-03-10", "Polish" },
  { "wczoraj", "2026-03-09<", "Polish" },
  { "od 5 do 19 lipca", "2026-07-05 / 2026-07-19", "Polish" },
  { "w maju", "2026-05-01 / 2026-05-31 month", "Polish" },
  { "Dzień dobry", "", "Polish" },
};

static void polish_is_read(void **state)
{
  (void)state;
  check_dates(polish, G_N_ELEMENTS(polish), "pl", &tuesday);
}

static const struct dates_case turkish[] = {
  { "yarın saat 15:00", "2026-03-11 15:00", "Turkish" },
  { "cumartesi günü saat 15.00'te", "2026-03-14 15:00", "Turkish" },
  { "12 Mayıs 2026", "2026-05-12", "Turkish" },
  { "12 Mayıs'ta saat 18:30'da", "2026-05-12 18:30", "Turkish" },
  { "önümüzdeki cumartesi", "2026-03-14", "Turkish" },
  { "gelecek hafta", "2026-03-16 / 2026-03-22 week", "Turkish" },
  { "bugün", "2026-03-10", "Turkish" },
  { "dün", "2026-03-09<", "Turkish" },
  { "iki hafta sonra", "2026-03-24", "Turkish" },
  { "üç gün önce", "2026-03-07<", "Turkish" },
  { "her salı saat 18:00", "2026-03-10 18:00 FREQ=WEEKLY;BYDAY=TU", "Turkish" },
  { "hafta sonu", "", "Turkish" },
  { "Mayıs ayında", "2026-05-01 / 2026-05-31 month", "Turkish" },
  { "yarın akşam", "2026-03-11 18:00 hour", "Turkish" },
  { "İyi günler", "", "Turkish" },
  { "20 Mayıs'a kadar", "- / 2026-05-20!", "the word stands behind" },
  { "cumaya kadar", "- / 2026-03-13!", "the word stands behind" },
};

static void turkish_is_read(void **state)
{
  (void)state;
  check_dates(turkish, G_N_ELEMENTS(turkish), "tr", &tuesday);
}

static const struct dates_case russian[] = {
  { "завтра в 15:00", "2026-03-11 15:00", "Russian" },
  { "в субботу в 15 часов", "2026-03-14 15:00", "Russian" },
  { "12 мая 2026 года", "2026-05-12", "Russian" },
  { "12 мая в 18:30", "2026-05-12 18:30", "Russian" },
  { "в следующую субботу", "2026-03-14", "Russian" },
  { "с 3 по 5 июля", "2026-07-03 / 2026-07-05", "Russian" },
  { "с 15 до 17 часов", "2026-03-10 15:00 / 2026-03-10 17:00", "Russian" },
  { "сегодня вечером", "2026-03-10 18:00 hour", "Russian" },
  { "вчера", "2026-03-09<", "Russian" },
  { "через две недели", "2026-03-24", "Russian" },
  { "две недели назад", "2026-02-24<", "Russian" },
  { "каждый вторник в 18:00", "2026-03-10 18:00 FREQ=WEEKLY;BYDAY=TU", "Russian" },
  { "по вторникам", "2026-03-10 FREQ=WEEKLY;BYDAY=TU", "Russian" },
  { "до конца мая", "- / 2026-05-31!", "Russian" },
  { "на следующей неделе", "2026-03-16 / 2026-03-22 week", "Russian" },
  { "Добрый день!", "", "Russian" },
};

static void russian_is_read(void **state)
{
  (void)state;
  check_dates(russian, G_N_ELEMENTS(russian), "ru", &tuesday);
}

/* Languages that nobody taught C: each is a table that came later. */
static const struct {
  const char *language;
  struct dates_case of;
} by_table[] = {
  { "uk", { "у суботу о 15:00", "2026-03-14 15:00", "by its table" } },
  { "uk", { "завтра", "2026-03-11", "by its table" } },
  { "uk", { "12 травня 2026", "2026-05-12", "by its table" } },
  { "uk", { "через два тижні", "2026-03-24", "by its table" } },
  { "uk", { "кожну суботу", "2026-03-14 FREQ=WEEKLY;BYDAY=SA", "by its table" } },
  { "uk", { "до кінця травня", "- / 2026-05-31!", "by its table" } },
  { "uk", { "Добрий день!", "", "by its table" } },
  { "fr", { "samedi à 15h", "2026-03-14 15:00", "by its table" } },
  { "fr", { "demain", "2026-03-11", "by its table" } },
  { "fr", { "le 12 mai 2026", "2026-05-12", "by its table" } },
  { "fr", { "dans deux semaines", "2026-03-24", "by its table" } },
  { "fr", { "le 7 juillet à 18:30", "2026-07-07 18:30", "by its table" } },
  { "es", { "el sábado a las 15:00", "2026-03-14 15:00", "by its table" } },
  { "es", { "mañana", "2026-03-11", "by its table" } },
  { "es", { "12 de mayo", "2026-05-12", "by its table" } },
  { "es", { "cada martes", "2026-03-10 FREQ=WEEKLY;BYDAY=TU", "by its table" } },
  { "it", { "sabato alle ore 15", "2026-03-14 15:00", "by its table" } },
  { "it", { "domani", "2026-03-11", "by its table" } },
  { "it", { "il 12 maggio", "2026-05-12", "by its table" } },
  { "it", { "dopodomani", "2026-03-12", "by its table" } },
  { "nl", { "zaterdag om 15 uur", "2026-03-14 15:00", "by its table" } },
  { "nl", { "12 april 2026", "2026-04-12", "by its table" } },
  { "nl", { "elke zaterdag", "2026-03-14 FREQ=WEEKLY;BYDAY=SA", "by its table" } },
  { "nl", { "overmorgen", "2026-03-12", "by its table" } },
  { "ar", { "يوم السبت الساعة 15:00", "2026-03-14 15:00", "by its table" } },
  { "ar", { "غدا", "2026-03-11", "by its table" } },
  { "ar", { "12 مايو", "2026-05-12", "by its table" } },
  { "vi", { "thứ bảy lúc 15:00", "2026-03-14 15:00", "by its table" } },
  { "vi", { "ngày mai", "2026-03-11", "by its table" } },
  { "vi", { "ngày 12 tháng 5", "2026-05-12", "by its table" } },
};

static void a_table_alone_teaches_a_language(void **state)
{
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS(by_table); i++)
    check_dates(&by_table[i].of, 1, by_table[i].language, &tuesday);
}

/* Mails of a few words ask all tables, so a word of German must be none of another's. */
static const struct dates_case german_without_language[] = {
  { "Hier ist was los", "", "no French yesterday" },    { "Ich mag das", "", "no Italian May" },
  { "Was ist am 14. März?", "2026-03-14", "not past" }, { "mei, ist des schee", "", "no Dutch May" },
  { "Kommst du um 15 Uhr?", "2026-03-10 15:00", "du" }, { "Alle 15 Minuten", "", "no Italian clock" },
};

static void no_table_takes_german_words(void **state)
{
  (void)state;
  check_dates(german_without_language, G_N_ELEMENTS(german_without_language), NULL, &tuesday);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(english_is_read),
    cmocka_unit_test(polish_is_read),
    cmocka_unit_test(turkish_is_read),
    cmocka_unit_test(russian_is_read),
    cmocka_unit_test(a_table_alone_teaches_a_language),
    cmocka_unit_test(no_table_takes_german_words),
  };
  return cmocka_run_group_tests(tests, setup_dates, NULL);
}
