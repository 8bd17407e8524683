/* The language of short texts: sentences such as neighbours write, none of which the samples hold. */
#include "lib/text/language.h"

#include <glib.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
// cmocka wants the headers above first
#include <cmocka.h>

static const struct {
  const char *language, *text;
} sentences[] = {
  { "de", "TOP 1 Beete beantragt 1.200 €, bewilligt 800 €" },
  { "de", "Wer weiß, wie der Steg heißt" },
  { "de", "Wer weet wie der Steg heet" },
  { "de", "Kommt jemand morgen mit zum Markt?" },
  { "de", "Ich bin dafür, macht das so." },
  { "de", "Die Ampel an der Ecke blinkt nur noch gelb" },
  { "de", "Danke, das war ein schöner Abend!" },
  { "de", "Wir haben noch zwei Stühle übrig" },
  { "de", "Bei uns im Keller steht Wasser" },
  { "de", "bitte nicht mehr anschreiben" },
  { "de", "fuer mich bitte auch einen Kuchen mitbringen" },
  { "de", "Schluessel am Spielplatz gefunden" },
  { "de", "die tonne is schon wieder voll" },
  { "de", "Kannste mal nachsehen, ob dit licht brennt" },
  { "de", "Katze entlaufen, grau getigert" },
  { "de", "Nein, an dem Abend haben wir Besuch" },
  { "de", "Der Zebrastreifen ist kaum noch zu sehen" },
  { "de", "Wie hoch sind denn die Kosten dafür?" },
  { "de", "Sperrmüll vor der Hausnummer neun" },
  { "de", "moechte gern mithelfen, wann gehts los" },
  { "de", "Vielen Dank für die schnelle Antwort" },
  { "en", "Is anyone going to the market tomorrow?" },
  { "en", "I agree, let's do it that way" },
  { "en", "The traffic light only flashes yellow" },
  { "en", "Thanks, that was a lovely evening!" },
  { "en", "We have two chairs left over" },
  { "en", "There is water in our basement" },
  { "en", "please stop writing to me" },
  { "en", "bring some cake for me as well" },
  { "en", "Found a key near the school" },
  { "en", "the bin is full again" },
  { "en", "Cat missing, grey with stripes" },
  { "en", "No, we have visitors that night" },
  { "en", "You can hardly see the crossing anymore" },
  { "en", "How much would that cost us?" },
  { "en", "Old fridge dumped by the door" },
  { "en", "would like to help, when does it start" },
  { "en", "Count me in for Friday" },
  { "en", "Sounds great, see you there" },
  { "tr", "Yarın pazara gelen var mı?" },
  { "tr", "Bence de öyle yapalım" },
  { "tr", "Köşedeki trafik ışığı çalışmıyor" },
  { "tr", "Teşekkürler, çok güzel bir akşamdı" },
  { "tr", "İki sandalyemiz fazla kaldı" },
  { "tr", "Bodrumda su birikti" },
  { "tr", "lutfen bana yazmayin artik" },
  { "tr", "bana da pasta getirir misiniz" },
  { "tr", "Okulun yakininda anahtar bulundu" },
  { "tr", "cop kutusu yine dolmus" },
  { "tr", "Kedimiz kayboldu, gri renkli" },
  { "tr", "Hayır, o akşam misafirimiz var" },
  { "tr", "yardim etmek istiyorum ne zaman basliyor" },
  { "tr", "Bunun bize maliyeti ne olur?" },
  { "tr", "Kapının önüne eski buzdolabı bırakılmış" },
  { "tr", "Cuma günü ben de varım" },
  { "tr", "Cocuklar icin guvenli degil" },
  { "tr", "Toplantiya dort kisi geliyoruz" },
  { "ru", "Кто-нибудь идёт завтра на рынок?" },
  { "ru", "Я согласен, так и сделаем" },
  { "ru", "Светофор на углу не работает" },
  { "ru", "Спасибо, вечер был прекрасный" },
  { "ru", "У нас осталось два стула" },
  { "ru", "В подвале стоит вода" },
  { "ru", "Пожалуйста, больше мне не пишите" },
  { "ru", "Найден ключ возле школы" },
  { "ru", "Урна опять полная" },
  { "ru", "Пропала кошка, серая" },
  { "ru", "Нет, в тот вечер у нас гости" },
  { "ru", "Сколько это будет стоить?" },
  { "ru", "Хочу помочь, когда начало" },
  { "ru", "Старый холодильник у двери" },
  { "ru", "Запишите меня на пятницу" },
  { "ru", "Где будет собрание?" },
  { "uk", "Хтось іде завтра на ринок?" },
  { "uk", "Ми прийдемо удвох" },
  { "uk", "Так, ми прийдемо в суботу" },
  { "uk", "Лавка зламана давно" },
  { "uk", "Не можу прийти завтра" },
  { "ru", "Не могу прийти завтра" },
  { "ru", "Мы давно хотим прийти" },
  { "uk", "Я згоден, так і зробимо" },
  { "uk", "Світлофор на розі не працює" },
  { "uk", "Дякую, вечір був чудовий" },
  { "uk", "У нас лишилося два стільці" },
  { "uk", "У підвалі стоїть вода" },
  { "uk", "Будь ласка, більше мені не пишіть" },
  { "uk", "Знайдено ключ біля школи" },
  { "uk", "Смітник знову повний" },
  { "uk", "Зникла кішка, сіра" },
  { "uk", "Ні, того вечора у нас гості" },
  { "uk", "Скільки це буде коштувати?" },
  { "uk", "Хочу допомогти, коли початок" },
  { "uk", "Старий холодильник біля дверей" },
  { "uk", "Запишіть мене на п'ятницю" },
  { "uk", "Де буде збори?" },
  { "pl", "Czy ktoś idzie jutro na targ?" },
  { "pl", "Zgadzam się, tak zróbmy" },
  { "pl", "Sygnalizacja na rogu nie działa" },
  { "pl", "Dzięki, to był piękny wieczór" },
  { "pl", "Zostały nam dwa krzesła" },
  { "pl", "W piwnicy stoi woda" },
  { "pl", "prosze nie pisac do mnie wiecej" },
  { "pl", "dla mnie tez kawalek ciasta" },
  { "pl", "Znaleziono klucz koło szkoły" },
  { "pl", "kosz znowu jest pelny" },
  { "pl", "Zaginął kot, szary w paski" },
  { "pl", "Nie, tego wieczoru mamy gości" },
  { "pl", "Ile to będzie kosztować?" },
  { "pl", "chetnie pomoge, kiedy zaczynamy" },
  { "pl", "Stara lodówka pod drzwiami" },
  { "pl", "Zapisz mnie na piątek" },
  { "pl", "Gdzie odbywa się spotkanie?" },
  { "fr", "Quelqu'un va au marché demain ?" },
  { "fr", "Je suis d'accord, faisons comme ça" },
  { "fr", "Le feu au coin ne marche plus" },
  { "fr", "Merci, c'était une belle soirée" },
  { "fr", "Il nous reste deux chaises" },
  { "fr", "Il y a de l'eau dans la cave" },
  { "fr", "merci de ne plus m'ecrire" },
  { "fr", "une part de gateau pour moi aussi" },
  { "fr", "Une clé trouvée près de l'école" },
  { "fr", "la poubelle est encore pleine" },
  { "fr", "Chat perdu, gris tigré" },
  { "fr", "Non, ce soir-là nous avons des invités" },
  { "fr", "Combien cela va-t-il coûter ?" },
  { "fr", "je voudrais aider, ca commence quand" },
  { "fr", "Un vieux frigo devant la porte" },
  { "fr", "Comptez sur moi vendredi" },
  { "es", "¿Alguien va mañana al mercado?" },
  { "es", "Estoy de acuerdo, hagámoslo así" },
  { "es", "El semáforo de la esquina no funciona" },
  { "es", "Gracias, fue una noche preciosa" },
  { "es", "Nos sobran dos sillas" },
  { "es", "Hay agua en el sótano" },
  { "es", "por favor no me escriban mas" },
  { "es", "un trozo de pastel para mi tambien" },
  { "es", "Encontrada una llave cerca de la escuela" },
  { "es", "el cubo esta lleno otra vez" },
  { "es", "Gato perdido, gris con rayas" },
  { "es", "No, esa noche tenemos visita" },
  { "es", "¿Cuánto nos va a costar?" },
  { "es", "quiero ayudar, cuando empieza" },
  { "es", "Una nevera vieja en la puerta" },
  { "es", "Cuenten conmigo el viernes" },
  { "it", "Qualcuno va al mercato domani?" },
  { "it", "Sono d'accordo, facciamo così" },
  { "it", "Il semaforo all'angolo non funziona" },
  { "it", "Grazie, è stata una bella serata" },
  { "it", "Ci sono rimaste due sedie" },
  { "it", "In cantina c'è l'acqua" },
  { "it", "per favore non scrivetemi piu" },
  { "it", "una fetta di torta anche per me" },
  { "it", "Trovata una chiave vicino alla scuola" },
  { "it", "il cestino e di nuovo pieno" },
  { "it", "Gatto smarrito, grigio tigrato" },
  { "it", "No, quella sera abbiamo ospiti" },
  { "it", "Quanto ci costerà?" },
  { "it", "vorrei aiutare, quando si comincia" },
  { "it", "Un vecchio frigorifero davanti alla porta" },
  { "it", "Contate su di me venerdì" },
  { "nl", "Gaat er iemand morgen naar de markt?" },
  { "nl", "Ik ben het ermee eens, zo doen we het" },
  { "nl", "Het stoplicht op de hoek doet het niet" },
  { "nl", "Dank je, het was een mooie avond" },
  { "nl", "We hebben twee stoelen over" },
  { "nl", "Er staat water in de kelder" },
  { "nl", "schrijf me alsjeblieft niet meer" },
  { "nl", "voor mij ook een stukje taart" },
  { "nl", "Sleutel gevonden bij de school" },
  { "nl", "de bak zit weer vol" },
  { "nl", "Kat kwijt, grijs gestreept" },
  { "nl", "Nee, die avond hebben we bezoek" },
  { "nl", "Hoeveel gaat dat kosten?" },
  { "nl", "ik wil graag helpen, wanneer begint het" },
  { "nl", "Oude koelkast voor de deur" },
  { "nl", "Schrijf me op voor vrijdag" },
  { "ar", "هل يذهب أحد إلى السوق غدا؟" },
  { "ar", "شكرا، كانت أمسية جميلة" },
  { "ar", "يوجد ماء في القبو" },
  { "ar", "من فضلكم لا تكتبوا لي" },
  { "ar", "وجدت مفتاحا قرب المدرسة" },
  { "ar", "كم ستكون التكلفة؟" },
  { "ar", "أريد المساعدة، متى نبدأ" },
  { "vi", "Ngày mai có ai đi chợ không?" },
  { "vi", "Tôi đồng ý, làm như vậy đi" },
  { "vi", "Đèn giao thông ở góc không sáng" },
  { "vi", "Cảm ơn, tối qua thật vui" },
  { "vi", "Chúng tôi còn thừa hai cái ghế" },
  { "vi", "Dưới tầng hầm có nước" },
  { "vi", "xin dung gui thu cho toi nua" },
  { "vi", "Tìm thấy chìa khóa gần trường học" },
  { "vi", "thung rac lai day roi" },
  { "vi", "Mèo lạc, màu xám" },
  { "vi", "Không, tối đó nhà tôi có khách" },
  { "vi", "Chi phí là bao nhiêu?" },
  { "vi", "toi muon giup, khi nao bat dau" },
  { "vi", "Cho tôi đăng ký thứ sáu" },
};

/* A few short ones may be left open; none may be called another language. */
static void short_sentences_have_a_language(void **state)
{
  (void)state;
  guint wrong = 0, open = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(sentences); i++) {
    const char *got = language_guess(sentences[i].text);
    if (!got)
      open++;
    else if (strcmp(got, sentences[i].language) != 0)
      wrong++;
    if (g_strcmp0(got, sentences[i].language) != 0)
      print_message("%s: %s: %s\n", sentences[i].language, got ? got : "open", sentences[i].text);
  }
  assert_int_equal(wrong, 0);
  assert_true(open <= 4);
}

static void longer_texts_have_one_too(void **state)
{
  (void)state;
  static const struct {
    const char *language, *text;
  } cases[] = {
    { "de", "Liebe Nachbarn, wir treffen uns am Samstag auf dem Platz und bringen etwas mit." },
    { "en", "Dear neighbours, we will meet on Saturday and you are welcome to join the party." },
    { "tr", "Merhaba komşular, cumartesi günü için bir toplantı var ve çok güzel olacak." },
    { "ru", "Здравствуйте, соседи! Встречаемся в субботу." },
    { "uk", "Доброго дня, сусіди! Зустрічаємось у суботу на її подвір'ї." },
    { "pl", "Dzień dobry, czy to jest w sobotę? Proszę o odpowiedź i dziękuję za pomoc." },
    { "ar", "مرحبا أيها الجيران" },
    { "tr", "Çöp kutusu dolmuş, sokağın köşesinde." },
    { "de", "Auf dem Weg liegt Glas, Gruß Nadine" },
    { "en", "The lamp in front of Segelfliegerdamm 12, Johannisthal is broken again." },
    { "tr", "Winsstraße 12 önündeki sokak lambasi uc gundur yanmiyor, lutfen ilgilenin" },
    { "de", "Die Einladung zum Yoga-Workshop im Community Center hab ich bekommen" },
    { "de", "Kleidertauschparty am 30. Mai, 13 bis 17 Uhr, Jugendclub Bahnhofstr. 4. Maximal 10 Teile pro "
            "Person" },
    { "pl", "Lampa przy Schnellerstraße 104 jest zepsuta od poniedzialku" },
    { "fr", "Bonjour, la lampe de la Baumschulenstraße est cassee depuis lundi" },
    { "en",
      "See https://www.strassenverzeichnis.example/der/die/das and write to der.und@die.example please" },
    { "en", "Yes please\n> Liebe Nachbarn, wir treffen uns am Samstag auf dem Platz und bringen etwas "
            "mit.\n> Gruß" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    const char *got = language_guess(cases[i].text);
    if (g_strcmp0(got, cases[i].language) != 0) fail_msg("%s: %s", cases[i].text, got ? got : "NULL");
  }
}

static void what_says_nothing_is_left_open(void **state)
{
  (void)state;
  static const char *const texts[] = {
    "ok", "12345", "", "+1", "👍👍👍", "Uwe", "IMG_4411.HEIC", "xkcd qqq zzz vvv wrtz"
  };
  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
    if (language_guess(texts[i])) fail_msg("%s: %s", texts[i], language_guess(texts[i]));
}

static void it_is_cheap(void **state)
{
  (void)state;
  GString *text = g_string_new(NULL);
  while (text->len < 3000)
    g_string_append(text, "Liebe Nachbarn, am Samstag räumen wir den Spielplatz auf. ");
  gint64 begin = g_get_monotonic_time();
  for (int i = 0; i < 1000; i++) assert_string_equal(language_guess(text->str), "de");
  gint64 each = (g_get_monotonic_time() - begin) / 1000;
  print_message("%" G_GINT64_FORMAT " microseconds for a long text\n", each);
  assert_true(each < 1000);
  g_string_free(text, TRUE);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(short_sentences_have_a_language),
    cmocka_unit_test(longer_texts_have_one_too),
    cmocka_unit_test(what_says_nothing_is_left_open),
    cmocka_unit_test(it_is_cheap),
  };
  return cmocka_run_group_tests_name("language", tests, NULL, NULL);
}
