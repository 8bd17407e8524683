/* How the mail programs of our time write answers, for tests/tools/answer_as.c: the words over a quote, its
 * marks in plain text and in HTML, what they put below, and the fields by which they are known. "{from}" is
 * the letter's From, "{name}" its name alone, "{da}" Do, "{mo}" Nov, "{day}" and "{month}" whole; the rest is
 * strftime. */
#ifndef TESTS_CLIENTS_H
#define TESTS_CLIENTS_H

#include <glib.h>
#include <stdbool.h>

/* A line that introduces the quote, the quote marked with "> " and, in HTML, within these tags. */
struct quoting {
  const char *line, *open, *close;
  glong width;
  const char *soft, *below; /* what the program puts under the person's text */
  bool breaks_address;      /* the line is broken before the address, as it is always too long */
  const char *forward;      /* the line over a letter that is passed on */
};

static const struct client {
  const char *name, *prefix, *headers; /* "Name: value\n…" */
  const char *id;                      /* a Message-ID; %s: a word that is unique */
  bool has_plain, has_html, is_flowed;
  struct quoting way;
} clients[] = {
  { "outlook",
    "AW: ",
    "X-Mailer: Microsoft Outlook 16.0\nThread-Index: AQHcZxKq7wVtJ0mV4kG1hQ==\nContent-Language: de\n",
    "<%s$8e2f1a30$aa8d4e90$@wohnen.example>",
    true,
    true,
    false,
    { 0 } },
  { "gmail",
    "Re: ",
    "",
    "<CAKx%s=Q@mail.gmail.com>",
    true,
    true,
    false,
    { .line = "Am {da}., %-d. {mo}. %Y um %H:%M Uhr schrieb {from}:",
      .breaks_address = true,
      .open = "<div class=\"gmail_quote gmail_quote_container\"><div dir=\"ltr\" "
              "class=\"gmail_attr\">{line}<br></div>"
              "<blockquote class=\"gmail_quote\" style=\"margin:0px 0px 0px 0.8ex;border-left:1px solid "
              "rgb(204,204,204);padding-left:1ex\">",
      .close = "</blockquote></div>",
      .width = 76,
      .soft = "",
      .forward = "---------- Forwarded message ---------\nVon: {from}\nDate: {da}., %-d. {mo}. %Y um %H:%M "
                 "Uhr\n" } },
  { "gmail-phone",
    "Re: ",
    "",
    "<CAJy%s=w@mail.gmail.com>",
    true,
    true,
    false,
    { .line = "{from} schrieb am {da}., %-d. {mo}. %Y, %H:%M:",
      .open =
          "<div class=\"gmail_quote\"><div dir=\"ltr\" class=\"gmail_attr\">{line}<br></div><blockquote "
          "class=\"gmail_quote\" style=\"margin:0 0 0 .8ex;border-left:1px #ccc solid;padding-left:1ex\">",
      .close = "</blockquote></div>",
      .width = 76,
      .soft = "",
      .forward =
          "---------- Forwarded message ---------\nVon: {from}\nDate: {da}., %-d. {mo}. %Y, %H:%M\n" } },
  { "apple",
    "Re: ",
    "X-Mailer: Apple Mail (2.3826.700.81)\n",
    "<%s-4A1B-9C7D@wohnen.example>",
    true,
    true,
    false,
    { .line = "Am %d.%m.%Y um %H:%M schrieb {from}:",
      .open =
          "<div><br><blockquote type=\"cite\"><div>{line}</div><br class=\"Apple-interchange-newline\"><div>",
      .close = "</div></blockquote></div>",
      .soft = "",
      .forward =
          "Anfang der weitergeleiteten Nachricht:\n\nVon: {from}\nDatum: %-d. {month} %Y um %H:%M\n" } },
  { "iphone",
    "Re: ",
    "X-Mailer: iPhone Mail (22H31)\n",
    "<%s-77E0-41@wohnen.example>",
    true,
    true,
    false,
    { .line = "Am %d.%m.%Y um %H:%M schrieb {from}:",
      .below = "Von meinem iPhone gesendet",
      .open = "<div dir=\"ltr\"><br><blockquote type=\"cite\">{line}<br><br></blockquote></div><blockquote "
              "type=\"cite\"><div dir=\"ltr\">",
      .close = "</div></blockquote>",
      .soft = "",
      .forward =
          "Anfang der weitergeleiteten Nachricht:\n\nVon: {from}\nDatum: %-d. {month} %Y um %H:%M\n" } },
  { "gmx",
    "Aw: ",
    "X-Priority: 3\nX-Provags-ID: V03:K1:trennung\nX-UI-Message-Type: mail\n",
    "<trinity-%s-msg-55@3c-app-gmx-bs01>",
    false,
    true,
    false,
    { .line = "Gesendet: {day}, %-d. {month} %Y um %H:%M\nVon: {from}\nBetreff: Re",
      .open =
          "<div name=\"quote\" style=\"margin:10px 5px 5px 10px; padding: 10px 0 10px 10px; border-left:2px "
          "solid #C3D9E5; word-wrap: break-word;\"><div style=\"margin:0 0 10px 0;\">{line}</div>"
          "<div name=\"quoted-content\">",
      .close = "</div></div>",
      .soft = "",
      .forward = "Gesendet: {day}, %-d. {month} %Y um %H:%M\nVon: {from}\n" } },
  { "gmx-app",
    "Aw: ",
    "User-Agent: GMX-Mail-Android\n",
    "<%s-4711@gmx.net>",
    true,
    true,
    false,
    { .line = "Am %d.%m.%y, %H:%M schrieb {from}:",
      .below = "-- \nDiese Nachricht wurde von meinem Android Mobiltelefon mit GMX Mail gesendet.",
      .open =
          "<div class=\"gmail_quote\">{line}<blockquote class=\"gmail_quote\" style=\"margin: 0pt 0pt 0pt "
          "0.8ex; border-left: 1px solid rgb(204, 204, 204); padding-left: 1ex;\">",
      .close = "</blockquote></div>",
      .soft = "",
      .forward = "Von: {from}\nDatum: %d.%m.%y, %H:%M\n" } },
  { "thunderbird",
    "Re: ",
    "User-Agent: Mozilla Thunderbird\nContent-Language: de-DE\n",
    "<%s-a1d2@wohnen.example>",
    true,
    false,
    true,
    { .line = "Am %d.%m.%y um %H:%M schrieb {name}:",
      .open = "",
      .close = "",
      .width = 72,
      .soft = " ",
      .forward = "-------- Weitergeleitete Nachricht --------\nBetreff: Wg\nDatum: %d.%m.%y %H:%M\nVon: "
                 "{from}\n" } },
  { "thunderbird-html",
    "Re: ",
    "User-Agent: Mozilla Thunderbird\nContent-Language: de-DE\n",
    "<%s-b7c2@wohnen.example>",
    true,
    true,
    true,
    { .line = "Am %d.%m.%y um %H:%M schrieb {name}:",
      .open = "<div class=\"moz-cite-prefix\">{line}<br></div><blockquote type=\"cite\" cite=\"mid:letter\">",
      .close = "</blockquote>",
      .width = 72,
      .soft = " ",
      .forward = "-------- Weitergeleitete Nachricht --------\nDatum: %d.%m.%y %H:%M\nVon: {from}\n" } },
};

#endif
