/* Pictures: where a photo was taken comes through the process, and nothing that is in a picture hurts more
 * than that picture. */
#include "lib/mail/files/heic_bytes.h"
#include "lib/mail/pictures/picture_facts.h"

#include <errno.h>
#include <libexif/exif-data.h>
#include <libheif/heif.h>
#include <math.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
// cmocka wants the headers above first
#include <cmocka.h>

static ExifEntry *put_entry(ExifData *data, ExifIfd ifd, unsigned tag, ExifFormat format, unsigned components,
                            unsigned size)
{
  ExifEntry *entry = exif_entry_new();
  entry->tag = (ExifTag)tag;
  entry->format = format;
  entry->components = components;
  entry->size = size;
  entry->data = calloc(1, size);
  exif_content_add_entry(data->ifd[ifd], entry);
  exif_entry_unref(entry);
  return entry;
}

static void put_degrees(ExifData *data, unsigned tag, const unsigned parts[6])
{
  ExifEntry *entry = put_entry(data, EXIF_IFD_GPS, tag, EXIF_FORMAT_RATIONAL, 3, 24);
  for (unsigned i = 0; i < 3; i++)
    exif_set_rational(entry->data + 8 * i, EXIF_BYTE_ORDER_INTEL,
                      (ExifRational){ parts[2 * i], parts[2 * i + 1] });
}

/* EXIF with a point in Berlin; caller frees. */
static guint8 *make_exif(bool is_south, unsigned denominator, unsigned *size)
{
  ExifData *data = exif_data_new();
  exif_data_set_byte_order(data, EXIF_BYTE_ORDER_INTEL);
  put_entry(data, EXIF_IFD_GPS, 1, EXIF_FORMAT_ASCII, 2, 2)->data[0] = is_south ? 'S' : 'N';
  put_degrees(data, 2, (const unsigned[]){ 52, denominator, 26, 1, 2084, 100 });
  put_entry(data, EXIF_IFD_GPS, 3, EXIF_FORMAT_ASCII, 2, 2)->data[0] = 'E';
  put_degrees(data, 4, (const unsigned[]){ 13, denominator, 36, 1, 1397, 100 });
  memcpy(put_entry(data, EXIF_IFD_EXIF, EXIF_TAG_DATE_TIME_ORIGINAL, EXIF_FORMAT_ASCII, 20, 20)->data,
         "2026:03:05 19:58:10", 20);
  unsigned char *made = NULL;
  exif_data_save_data(data, &made, size);
  guint8 *exif = g_memdup2(made, *size);
  free(made);
  exif_data_unref(data);
  return exif;
}

/* A JPEG of nothing but EXIF and an end. */
static GByteArray *make_jpeg(bool is_south, unsigned denominator)
{
  unsigned size = 0;
  g_autofree guint8 *exif = make_exif(is_south, denominator, &size);
  const guint8 head[] = { 0xFF, 0xD8, 0xFF, 0xE1, (guint8)((size + 2) >> 8), (guint8)(size + 2) };
  GByteArray *jpeg = g_byte_array_new();
  g_byte_array_append(jpeg, head, sizeof head);
  g_byte_array_append(jpeg, exif, size);
  return g_byte_array_append(jpeg, (const guint8 *)"\xFF\xD9", 2);
}

static struct heif_error append(struct heif_context *context, const void *bytes, size_t size, void *data)
{
  (void)context;
  g_byte_array_append(data, bytes, (guint)size);
  return (struct heif_error){ heif_error_Ok, heif_suberror_Unspecified, "" };
}

/* A HEIC of 64 grey pixels a side with EXIF; NULL where nothing here can write one. */
static GByteArray *make_heic(void)
{
  struct heif_context *context = heif_context_alloc();
  struct heif_encoder *encoder = NULL;
  struct heif_image *image = NULL;
  struct heif_image_handle *handle = NULL;
  GByteArray *heic = NULL;
  if (heif_context_get_encoder_for_format(context, heif_compression_HEVC, &encoder).code == heif_error_Ok) {
    heif_image_create(64, 64, heif_colorspace_monochrome, heif_chroma_monochrome, &image);
    heif_image_add_plane(image, heif_channel_Y, 64, 64, 8);
    int stride = 0;
    uint8_t *plane = heif_image_get_plane(image, heif_channel_Y, &stride);
    for (int row = 0; row < 64; row++) memset(plane + row * stride, 128, 64);
    unsigned size = 0;
    g_autofree guint8 *exif = make_exif(false, 1, &size);
    struct heif_writer writer = { .writer_api_version = 1, .write = append };
    if (heif_context_encode_image(context, image, encoder, NULL, &handle).code == heif_error_Ok &&
        heif_context_add_exif_metadata(context, handle, exif, (int)size).code == heif_error_Ok) {
      heic = g_byte_array_new();
      heif_context_write(context, &writer, heic);
    }
  }
  if (handle) heif_image_handle_release(handle);
  if (image) heif_image_release(image);
  if (encoder) heif_encoder_release(encoder);
  heif_context_free(context);
  return heic;
}

static void assert_berlin(const struct picture_facts *facts)
{
  assert_true(facts->has_point);
  assert_true(fabs(facts->lat - 52.439122) < 1e-5);
  assert_true(fabs(facts->lon - 13.603881) < 1e-5);
  assert_string_equal(facts->taken, "2026-03-05T19:58:10");
}

static void a_jpeg_says_where_it_was_taken(void **state)
{
  g_autoptr(GByteArray) jpeg = make_jpeg(false, 1);
  struct picture_facts facts;
  assert_true(pictures_read(*state, "image/jpeg", jpeg->data, jpeg->len, &facts));
  assert_berlin(&facts);
}

static void south_is_negative_and_nonsense_is_no_point(void **state)
{
  g_autoptr(GByteArray) south = make_jpeg(true, 1), nonsense = make_jpeg(false, 0);
  struct picture_facts facts;
  assert_true(pictures_read(*state, "image/jpeg", south->data, south->len, &facts));
  assert_true(facts.lat < -52);
  assert_true(pictures_read(*state, "image/jpeg", nonsense->data, nonsense->len, &facts));
  assert_false(facts.has_point);
}

/* The grey of the first pixel of a HEIC; -1: it cannot be decoded. */
static int grey_of(const GByteArray *heic)
{
  struct heif_context *context = heif_context_alloc();
  struct heif_image_handle *handle = NULL;
  struct heif_image *image = NULL;
  int stride = 0, grey = -1;
  if (heif_context_read_from_memory_without_copy(context, heic->data, heic->len, NULL).code ==
          heif_error_Ok &&
      heif_context_get_primary_image_handle(context, &handle).code == heif_error_Ok &&
      heif_decode_image(handle, &image, heif_colorspace_YCbCr, heif_chroma_420, NULL).code == heif_error_Ok)
    grey = heif_image_get_plane_readonly(image, heif_channel_Y, &stride)[0];
  if (image) heif_image_release(image);
  if (handle) heif_image_handle_release(handle);
  heif_context_free(context);
  return grey;
}

static void a_clean_heic_shows_the_same_and_says_nothing(void **state)
{
  g_autoptr(GByteArray) heic = make_heic();
  if (!heic) {
    print_message("no HEVC encoder here\n");
    skip();
  }
  g_autoptr(GByteArray) clean = heic_clean(heic->data, heic->len);
  assert_non_null(clean);
  assert_int_equal(clean->len, heic->len);
  struct picture_facts facts;
  assert_false(pictures_read(*state, "image/heic", clean->data, clean->len, &facts));
  assert_null(memmem(clean->data, clean->len, "2026:03:05", 10));
  assert_true(grey_of(heic) > 0);
  assert_int_equal(grey_of(clean), grey_of(heic));
}

/* A HEIC by hand: a picture "PIXEL", EXIF "SECRET", and a box of somebody's own. */
static GByteArray *small_heic(void)
{
  static const guint8 all[] = {
    0, 0, 0, 16,  'f', 't', 'y', 'p', 'h', 'e', 'i', 'c', 0,    0,   0,   0,                          /* 0 */
    0, 0, 0, 100, 'm', 'e', 't', 'a', 0,   0,   0,   0,                                               /* 16 */
    0, 0, 0, 56,  'i', 'i', 'n', 'f', 0,   0,   0,   0,   0,    2,                                    /* 28 */
    0, 0, 0, 21,  'i', 'n', 'f', 'e', 2,   0,   0,   0,   0,    1,   0,   0,   'h', 'v', 'c', '1', 0, /* 42 */
    0, 0, 0, 21,  'i', 'n', 'f', 'e', 2,   0,   0,   0,   0,    2,   0,   0,   'E', 'x', 'i', 'f', 0, /* 63 */
    0, 0, 0, 32,  'i', 'l', 'o', 'c', 0,   0,   0,   0,   0x11, 0,   0,   2,                          /* 84 */
    0, 1, 0, 0,   0,   1,   124, 5,   0,   2,   0,   0,   0,    1,   129, 6,                  /* 100 */
    0, 0, 0, 19,  'm', 'd', 'a', 't', 'P', 'I', 'X', 'E', 'L',  'S', 'E', 'C', 'R', 'E', 'T', /* 116 */
    0, 0, 0, 12,  'u', 'u', 'i', 'd', 'H', 'O', 'M', 'E',                                     /* 135 */
  };
  GByteArray *out = g_byte_array_new();
  g_byte_array_append(out, all, sizeof all);
  return out;
}

static void only_the_bytes_of_pictures_stay_in_a_heic(void **state)
{
  (void)state;
  g_autoptr(GByteArray) heic = small_heic();
  g_autoptr(GByteArray) clean = heic_clean(heic->data, heic->len);
  assert_non_null(clean);
  assert_int_equal(clean->len, heic->len);
  assert_non_null(memmem(clean->data, clean->len, "PIXEL", 5));
  assert_null(memmem(clean->data, clean->len, "SECRET", 6));
  assert_null(memmem(clean->data, clean->len, "HOME", 4));
}

static void a_broken_heic_is_none(void **state)
{
  (void)state;
  g_autoptr(GByteArray) heic = small_heic();
  for (guint size = 0; size < 135; size++) assert_null(heic_clean(heic->data, size));
  heic->data[106] = 250; /* the picture lies behind the end */
  assert_null(heic_clean(heic->data, heic->len));
}

static void a_heic_says_where_it_was_taken(void **state)
{
  g_autoptr(GByteArray) heic = make_heic();
  if (!heic) {
    print_message("no HEVC encoder here\n");
    skip();
  }
  struct picture_facts facts;
  assert_true(pictures_read(*state, "image/heic", heic->data, heic->len, &facts));
  assert_berlin(&facts);
}

static void other_bytes_say_nothing(void **state)
{
  struct picture_facts facts;
  assert_false(pictures_read(*state, "image/jpeg", "nothing", 7, &facts));
  assert_false(pictures_read(*state, "image/heic", "nothing", 7, &facts));
  assert_false(pictures_read(*state, "image/gif", "GIF89a", 6, &facts));
  assert_false(pictures_read(*state, "image/jpeg", "", 0, &facts));
  assert_false(pictures_read(NULL, "image/jpeg", "x", 1, &facts));
  g_autoptr(GByteArray) jpeg = make_jpeg(false, 1);
  for (guint cut = 1; cut < jpeg->len; cut += 7) pictures_read(*state, "image/jpeg", jpeg->data, cut, &facts);
  assert_true(pictures_read(*state, "image/jpeg", jpeg->data, jpeg->len, &facts));
}

static void without_the_process_photos_say_nothing(void **state)
{
  (void)state;
  GError *error = NULL;
  struct pictures *own = pictures_start(&error);
  assert_non_null(own);
  g_autoptr(GByteArray) jpeg = make_jpeg(false, 1);
  struct picture_facts facts;
  assert_true(pictures_read(own, "image/jpeg", jpeg->data, jpeg->len, &facts));
  kill(own->companion.process, SIGKILL);
  while (kill(own->companion.process, 0) == 0 &&
         pictures_read(own, "image/jpeg", jpeg->data, jpeg->len, &facts)) {
  }
  assert_false(pictures_read(own, "image/jpeg", jpeg->data, jpeg->len, &facts));
  pictures_stop(own);
}

static int start(void **state)
{
  *state = pictures_start(NULL);
  return *state ? 0 : 1;
}

static int stop(void **state)
{
  pictures_stop(*state);
  return 0;
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_jpeg_says_where_it_was_taken),
    cmocka_unit_test(south_is_negative_and_nonsense_is_no_point),
    cmocka_unit_test(a_heic_says_where_it_was_taken),
    cmocka_unit_test(a_clean_heic_shows_the_same_and_says_nothing),
    cmocka_unit_test(only_the_bytes_of_pictures_stay_in_a_heic),
    cmocka_unit_test(a_broken_heic_is_none),
    cmocka_unit_test(other_bytes_say_nothing),
    cmocka_unit_test(without_the_process_photos_say_nothing),
  };
  return cmocka_run_group_tests(tests, start, stop);
}
