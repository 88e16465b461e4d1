/* A PKCS#11 driver that passes every call on to SoftHSM, except for the fault it is compiled with. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef unsigned long CK_ULONG;
typedef CK_ULONG CK_RV;

/* CK_FUNCTION_LIST: a version and the functions in the order of the standard. */
typedef struct {
  unsigned char version[2];
  void *functions[68];
} FunctionList;

enum { GetSlotList = 4, GetTokenInfo = 6, Login = 18, Sign = 43 };
enum { DEVICE_ERROR = 0x30, PIN_INCORRECT = 0xa0, PIN_LOCKED = 0xa4, TOKEN_NOT_PRESENT = 0xe0 };

static FunctionList list;
static FunctionList *real;

#ifdef HANGS_IN_LIST
static CK_RV slot_list(unsigned char present, CK_ULONG *slots, CK_ULONG *count) {
  for (;;) sleep(1000);
}
#endif

#ifdef HANGS_IN_SIGN
static CK_RV sign(CK_ULONG session, void *data, CK_ULONG length, void *out, CK_ULONG *out_length) {
  for (;;) sleep(1000);
}
#endif

#ifdef CRASHES_IN_SIGN
static CK_RV sign(CK_ULONG session, void *data, CK_ULONG length, void *out, CK_ULONG *out_length) {
  *(volatile int *)0 = 1;
  return 0;
}
#endif

#if defined(PULLED_OUT_IN_SIGN) || defined(REFUSES_TO_SIGN)
static int asked;

static CK_RV sign(CK_ULONG session, void *data, CK_ULONG length, void *out, CK_ULONG *out_length) {
  asked = 1;
  return DEVICE_ERROR;
}
#endif

#ifdef PULLED_OUT_IN_SIGN
static CK_RV token_info(CK_ULONG slot, void *info) {
  return asked ? TOKEN_NOT_PRESENT : ((CK_RV(*)(CK_ULONG, void *))real->functions[GetTokenInfo])(slot, info);
}
#endif

#ifdef LOCKS_AFTER_THREE
/* SoftHSM never locks a PIN; real tokens do, count the tries themselves, and say so in the flags of CK_TOKEN_INFO. */
static long wrong_tries(void) {
  struct stat state;
  return stat(LOCKS_AFTER_THREE, &state) ? 0 : state.st_size;
}

static CK_RV login(CK_ULONG session, CK_ULONG user, void *pin, CK_ULONG length) {
  if (wrong_tries() >= 3) return PIN_LOCKED;
  CK_RV value = ((CK_RV(*)(CK_ULONG, CK_ULONG, void *, CK_ULONG))real->functions[Login])(session, user, pin, length);
  if (value == PIN_INCORRECT) {
    FILE *tries = fopen(LOCKS_AFTER_THREE, "a");
    fputc('x', tries);
    fclose(tries);
  } else {
    truncate(LOCKS_AFTER_THREE, 0);
  }
  return value;
}

static CK_RV token_info(CK_ULONG slot, unsigned char *info) {
  CK_RV value = ((CK_RV(*)(CK_ULONG, void *))real->functions[GetTokenInfo])(slot, info);
  CK_ULONG flags;
  memcpy(&flags, info + 96, sizeof flags);
  flags &= ~(CK_ULONG)0x70000;
  long wrong = wrong_tries();
  flags |= wrong >= 3 ? 0x40000 : wrong == 2 ? 0x20000 : wrong == 1 ? 0x10000 : 0;
  memcpy(info + 96, &flags, sizeof flags);
  return value;
}
#endif

CK_RV C_GetFunctionList(FunctionList **out) {
  if (!real) {
    void *library = dlopen(SOFTHSM, RTLD_NOW | RTLD_LOCAL);
    CK_RV (*get)(FunctionList **) = library ? dlsym(library, "C_GetFunctionList") : NULL;
    if (!get || get(&real)) return 5;
    list = *real;
#ifdef HANGS_IN_LIST
    list.functions[GetSlotList] = slot_list;
#endif
#if defined(HANGS_IN_SIGN) || defined(CRASHES_IN_SIGN) || defined(PULLED_OUT_IN_SIGN) || defined(REFUSES_TO_SIGN)
    list.functions[Sign] = sign;
#endif
#ifdef LOCKS_AFTER_THREE
    list.functions[Login] = login;
#endif
#if defined(LOCKS_AFTER_THREE) || defined(PULLED_OUT_IN_SIGN)
    list.functions[GetTokenInfo] = token_info;
#endif
  }
  *out = &list;
  return 0;
}
