/* Outlines of regions: forms of GeoJSON, holes, edges, and what is none. */
#include "lib/text/places/outlines.h"
#include "tests/unit/text/cases.h"

#define SQUARE "[[13,52],[14,52],[14,53],[13,53],[13,52]]"
#define HOLE   "[[13.4,52.4],[13.6,52.4],[13.6,52.6],[13.4,52.6],[13.4,52.4]]"
#define FAR    "[[20,50],[21,50],[21,51],[20,51],[20,50]]"

static const struct {
  const char *name, *geojson;
  double lat, lon;
  bool holds;
} cases[] = {
  { "a bare ring", SQUARE, 52.2, 13.2, true },
  { "a bare ring, outside", SQUARE, 53.2, 13.2, false },
  { "a polygon", "{\"type\":\"Polygon\",\"coordinates\":[" SQUARE "]}", 52.2, 13.2, true },
  { "a hole is outside", "{\"type\":\"Polygon\",\"coordinates\":[" SQUARE "," HOLE "]}", 52.5, 13.5, false },
  { "beside the hole is inside", "{\"type\":\"Polygon\",\"coordinates\":[" SQUARE "," HOLE "]}", 52.5, 13.3,
    true },
  { "several, the first", "{\"type\":\"MultiPolygon\",\"coordinates\":[[" SQUARE "],[" FAR "]]}", 52.5, 13.5,
    true },
  { "several, the second", "{\"type\":\"MultiPolygon\",\"coordinates\":[[" SQUARE "],[" FAR "]]}", 50.5, 20.5,
    true },
  { "several, between", "{\"type\":\"MultiPolygon\",\"coordinates\":[[" SQUARE "],[" FAR "]]}", 51.5, 17.5,
    false },
};

static void what_lies_inside_is_exact(void **state)
{
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(GError) error = NULL;
    struct outline *outline = outline_parse(cases[i].geojson, &error);
    if (!outline) fail_msg("%s: %s", cases[i].name, error->message);
    bool holds = outline_holds(outline, cases[i].lat, cases[i].lon);
    outline_free(outline);
    if (holds != cases[i].holds) fail_msg("%s", cases[i].name);
  }
}

/* A point on the edge that two regions share belongs to one of them, and to one only. */
static void neighbours_share_no_point(void **state)
{
  (void)state;
  struct outline *west = outline_parse("[[13,52],[13.5,52],[13.5,53],[13,53],[13,52]]", NULL),
                 *east = outline_parse("[[13.5,52],[14,52],[14,53],[13.5,53],[13.5,52]]", NULL);
  for (int i = 1; i < 100; i++) {
    double lat = 52 + i / 100.0;
    assert_int_equal(outline_holds(west, lat, 13.5) + outline_holds(east, lat, 13.5), 1);
  }
  outline_free(west);
  outline_free(east);
}

static void what_is_no_outline_is_said(void **state)
{
  (void)state;
  static const char *const broken[] = {
    "", "{}", "[]", "[[13,52]]", "{\"type\":\"Point\",\"coordinates\":[13,52]}", "[[13,52],[14", "nonsense"
  };
  for (gsize i = 0; i < G_N_ELEMENTS(broken); i++) {
    g_autoptr(GError) error = NULL;
    struct outline *outline = outline_parse(broken[i], &error);
    if (outline) fail_msg("'%s' was taken for an outline", broken[i]);
    assert_non_null(error);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(what_lies_inside_is_exact),
    cmocka_unit_test(neighbours_share_no_point),
    cmocka_unit_test(what_is_no_outline_is_said),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
