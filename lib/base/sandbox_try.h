/* Tries from inside a sandbox, for tests. In builds with KIEZPOST_TEST_HOOKS the environment variable
 * KIEZPOST_SANDBOX_TRY=FILE makes a process, right after it has entered its sandbox, try each line of FILE
 * and append "PROCESS LINE: VERDICT" to FILE.said, VERDICT being "allowed" or the words of the error. The
 * lines:
 *
 *   read PATH     open for reading          connect PORT   by TCP on 127.0.0.1
 *   write PATH    open for writing          udp            a datagram socket
 *   create DIR    make and remove a file    listen         a TCP port of one's own
 *   exec PROGRAM  run it                    charset NAME   decode "ü" or "М"   zone NAME   summer is +2 h
 *
 * In a release this is nothing. */
#ifndef BASE_SANDBOX_TRY_H
#define BASE_SANDBOX_TRY_H

#ifdef KIEZPOST_TEST_HOOKS
/* Before the sandbox: opens what the tries are written to. */
void sandbox_try_prepare(void);
/* Inside it. */
void sandbox_try_all(const char *process);
#else
#define sandbox_try_prepare()    ((void)0)
#define sandbox_try_all(process) ((void)0)
#endif

#endif
