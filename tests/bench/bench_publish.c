/* bench_publish CONFIG: for each line on standard input, publishes what is stale and prints how long that
 * took: pages=… ms=… cpu_ms=… The publisher is started once, outside the clock, as in a running installation.
 */
#include <stdio.h>
#include <time.h>

#include "lib/base/clock.h"
#include "lib/base/config.h"
#include "web-archive/publish.h"

int main(int argc, char **argv)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(config_t) config = argc == 2 ? config_load(argv[1], &error) : NULL;
  g_autoptr(store_t) store = config != NULL ? store_open(config->store, STORE_WRITE, &error) : NULL;
  struct publisher *publisher = store != NULL ? publisher_new(config, store, &error) : NULL;
  if (publisher == NULL) {
    fprintf(stderr, "bench_publish: %s\n", error != NULL ? error->message : "usage: bench_publish CONFIG");
    return 64;
  }
  char line[16];
  while (fgets(line, sizeof line, stdin) != NULL) {
    gint64 start = g_get_monotonic_time();
    clock_t cpu = clock();
    int pages = 0, n;
    while ((n = publisher_round(publisher, &error)) > 0) pages += n;
    if (n < 0) {
      fprintf(stderr, "bench_publish: %s\n", error->message);
      return 1;
    }
    printf("pages=%d ms=%.2f cpu_ms=%.2f\n", pages, (double)(g_get_monotonic_time() - start) / 1000.0,
           (double)(clock() - cpu) * 1000.0 / CLOCKS_PER_SEC);
    fflush(stdout);
  }
  publisher_free(publisher);
  return 0;
}
