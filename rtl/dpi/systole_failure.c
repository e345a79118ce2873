/* systole_failure: what an instance says when it cannot do what it is asked. */
#include <stdarg.h>
#include "systole_internal.h"

int systole_refuse(systole *s, const char *format, ...) {
  va_list args;
  va_start(args, format);
  vsnprintf(s->message, sizeof s->message, format, args);
  va_end(args);
  return SYSTOLE_USAGE;
}
int systole_broken(systole *s, const char *what) {
  s->alive = false;
  snprintf(s->message, sizeof s->message, "this is a bug in systole: %s", what);
  return SYSTOLE_BROKEN;
}
int systole_ready(systole *s) {
  if (!s->alive) return SYSTOLE_BROKEN;
  if (!s->configured) return systole_refuse(s, "there is no profile yet: systole_configure");
  return SYSTOLE_OK;
}
