/* Files that run, or act, where somebody opens them. An operating system goes by the last ending, whatever
 * stands before it ("rechnung.pdf.exe"), some programs by the first bytes, mail programs by the media type:
 * each of the three is enough. What an archive holds is judged by the names in its listing.
 *
 * What surprised us: Windows drops dots and blanks at the end of a name; "#!AMR" begins a sound; a text may
 * begin with "MZ". */
#include "lib/mail/files/file_kinds.h"

#include <string.h>

struct ending_row {
  enum file_hazard hazard;
  const char *endings;
};

static const struct ending_row by_ending[] = {
  { FILE_PROGRAM, " exe com scr pif bat cmd msi msp mst msix appx cpl dll sys drv ocx ax efi vxd lnk url scf "
                  "inf ins isp reg "
                  "job msc hta chm hlp jar jnlp class apk aab dex xapk ipa app dmg pkg deb rpm run bin "
                  "appimage snap flatpak "
                  "out elf so dylib iso img vhd vhdx wim cab " },
  { FILE_PROGRAM,
    " js jse mjs vb vbe vbs ws wsc wsf wsh sct ps1 ps1xml ps2 psm1 psd1 psc1 msh msh1 msh2 sh bash zsh csh "
    "ksh "
    "fish command py pyc pyw pyz pl rb php lua tcl awk ahk au3 applescript scpt workflow action desktop "
    "settingcontent-ms appref-ms library-ms search-ms gadget application xll ade adp mde accde one " },
  { FILE_MACROS, " docm dotm xlsm xltm xlam xlsb xla pptm potm ppam ppsm sldm wbk vbaproject.bin " },
  { FILE_PAGE, " html htm xhtml xht shtml shtm mht mhtml svg svgz xsl xslt htc swf " },
};

static const struct {
  enum file_hazard hazard;
  const char *type;
} by_type[] = {
  { FILE_PROGRAM, "application/x-msdownload" },
  { FILE_PROGRAM, "application/x-msdos-program" },
  { FILE_PROGRAM, "application/x-dosexec" },
  { FILE_PROGRAM, "application/vnd.microsoft.portable-executable" },
  { FILE_PROGRAM, "application/x-executable" },
  { FILE_PROGRAM, "application/x-elf" },
  { FILE_PROGRAM, "application/x-mach-binary" },
  { FILE_PROGRAM, "application/x-sh" },
  { FILE_PROGRAM, "application/x-shellscript" },
  { FILE_PROGRAM, "text/x-shellscript" },
  { FILE_PROGRAM, "application/javascript" },
  { FILE_PROGRAM, "application/x-javascript" },
  { FILE_PROGRAM, "text/javascript" },
  { FILE_PROGRAM, "text/vbscript" },
  { FILE_PROGRAM, "application/hta" },
  { FILE_PROGRAM, "application/java-archive" },
  { FILE_PROGRAM, "application/x-java-archive" },
  { FILE_PROGRAM, "application/x-msi" },
  { FILE_PROGRAM, "application/x-ms-shortcut" },
  { FILE_PROGRAM, "application/vnd.android.package-archive" },
  { FILE_PROGRAM, "application/x-iso9660-image" },
  { FILE_PROGRAM, "application/x-apple-diskimage" },
  { FILE_MACROS, "application/vnd.ms-word.document.macroenabled.12" },
  { FILE_MACROS, "application/vnd.ms-excel.sheet.macroenabled.12" },
  { FILE_MACROS, "application/vnd.ms-powerpoint.presentation.macroenabled.12" },
  { FILE_UNREADABLE, "application/ms-tnef" }, /* a whole one has been opened before (winmail.c) */
  { FILE_UNREADABLE, "application/vnd.ms-tnef" },
  { FILE_PAGE, "text/html" },
  { FILE_PAGE, "application/xhtml+xml" },
  { FILE_PAGE, "image/svg+xml" },
};

/* First bytes of what runs. */
static const struct {
  const char *bytes;
  gsize size;
} programs[] = {
  { "\x7f"
    "ELF",
    4 },
  { "\xfe\xed\xfa\xce", 4 },
  { "\xfe\xed\xfa\xcf", 4 },
  { "\xce\xfa\xed\xfe", 4 },
  { "\xcf\xfa\xed\xfe", 4 },
  { "\xca\xfe\xba\xbe", 4 },
  { "dex\n", 4 },
  { "ITSF", 4 },
  { "MSCF", 4 },
  { "\x4c\x00\x00\x00\x01\x14\x02\x00", 8 },
};

static enum file_hazard hazard_of_ending(const char *ending)
{
  if (!*ending || strchr(ending, ' ')) return FILE_HARMLESS;
  g_autofree char *word = g_strconcat(" ", ending, " ", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS(by_ending); i++)
    if (strstr(by_ending[i].endings, word)) return by_ending[i].hazard;
  return FILE_HARMLESS;
}

enum file_hazard file_hazard_of_name(const char *name, gsize size)
{
  static const char *const packed[] = { "gz", "bz2", "xz", "z", "lz", "lzma", "zst", NULL };
  static const char project[] = "vbaProject.bin";
  if (size >= sizeof project - 1 &&
      g_ascii_strncasecmp(name + size - (sizeof project - 1), project, sizeof project - 1) == 0)
    return FILE_MACROS;
  g_autofree char *ending = file_ending(name, size);
  if (g_strv_contains(packed, ending)) {
    while (size > 0 && (name[size - 1] == '.' || name[size - 1] == ' ')) size--;
    size -= MIN(size, strlen(ending) + 1);
    g_free(ending);
    ending = file_ending(name, size);
  }
  return hazard_of_ending(ending);
}

/* Does the text begin with one of these, behind blanks and a byte order mark? */
static bool is_page(const struct file_facts *facts)
{
  static const char *const begins[] = { "<html", "<!doctype html", "<svg",         "<script",
                                        "<head", "<body",          "<!doctype svg" };
  const char *at = (const char *)facts->head, *end = at + facts->head_size;
  if (end - at >= 3 && memcmp(at, "\xef\xbb\xbf", 3) == 0) at += 3;
  while (at < end && g_ascii_isspace(*at)) at++;
  for (gsize i = 0; i < G_N_ELEMENTS(begins); i++)
    if ((gsize)(end - at) >= strlen(begins[i]) && g_ascii_strncasecmp(at, begins[i], strlen(begins[i])) == 0)
      return true;
  return false;
}

static bool is_program(const struct file_facts *facts)
{
  const guint8 *head = facts->head;
  for (gsize i = 0; i < G_N_ELEMENTS(programs); i++)
    if (facts->head_size >= programs[i].size && memcmp(head, programs[i].bytes, programs[i].size) == 0)
      return true;
  if (facts->head_size >= 64 && head[0] == 'M' && head[1] == 'Z') return memchr(head, 0, 64) != NULL;
  bool is_script = facts->head_size >= 3 && head[0] == '#' && head[1] == '!';
  return is_script && (head[2] == '/' || (head[2] == ' ' && facts->head_size > 3 && head[3] == '/'));
}

enum file_hazard file_hazard_of(const struct file_facts *facts)
{
  if (is_program(facts)) return FILE_PROGRAM;
  enum file_hazard hazard =
      facts->name ? file_hazard_of_name(facts->name, strlen(facts->name)) : FILE_HARMLESS;
  for (gsize i = 0; hazard == FILE_HARMLESS && i < G_N_ELEMENTS(by_type); i++)
    if (strcmp(facts->type, by_type[i].type) == 0) hazard = by_type[i].hazard;
  if (hazard == FILE_HARMLESS && is_page(facts)) hazard = FILE_PAGE;
  return hazard;
}
