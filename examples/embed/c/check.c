/* check QUESTIONS ANSWERS: asks every line of the first file and compares each answer
 * with the line of the second, byte for byte: in order, then from eight threads at once.
 * Then it asks 100,000 times and looks whether the memory of the process grows. Built
 * with -DLEAK it frees no answer, asks less often, and must fail. */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../intermittente.h"

#ifdef LEAK
enum { THREADS = 8, CALLS = 15000, GROWTH_KB = 16 * 1024 };
#else
enum { THREADS = 8, CALLS = 100000, GROWTH_KB = 16 * 1024 };
#endif

struct lines {
	char **at;
	size_t count;
};

static struct lines questions, answers;

static struct lines read_lines(const char *name) {
	struct lines l = {NULL, 0};
	FILE *f = fopen(name, "r");
	if (f == NULL) {
		perror(name);
		exit(2);
	}
	char *line = NULL;
	size_t room = 0;
	ssize_t n;
	while ((n = getline(&line, &room, f)) > 0) {
		if (line[n - 1] == '\n') line[n - 1] = 0;
		l.at = realloc(l.at, (l.count + 1) * sizeof *l.at);
		l.at[l.count++] = strdup(line);
	}
	free(line);
	fclose(f);
	return l;
}

static size_t ask(size_t i, int compare) {
	char *answer = intermittente_answer(questions.at[i], strlen(questions.at[i]));
	size_t missed = compare && (answer == NULL || strcmp(answer, answers.at[i]) != 0);
	if (missed) fprintf(stderr, "%s\n%s\nnot\n%s\n", questions.at[i], answer, answers.at[i]);
#ifndef LEAK
	intermittente_free(answer);
#endif
	return missed;
}

static void *ask_all(void *first) {
	size_t missed = 0;
	for (size_t i = 0; i < questions.count; i++) missed += ask((i + (size_t)first) % questions.count, 1);
	return (void *)missed;
}

static long resident_kb(void) {
	FILE *f = fopen("/proc/self/status", "r");
	char line[256];
	long kb = -1;
	if (f == NULL) return kb;
	while (fgets(line, sizeof line, f) != NULL)
		if (sscanf(line, "VmRSS: %ld", &kb) == 1) break;
	fclose(f);
	return kb;
}

static double seconds(void) {
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

int main(int argc, char **argv) {
	if (argc != 3) return 2;
	double start = seconds();
	char *first = intermittente_answer("", 0);
	printf("C: first answer after %.0f ms\n", (seconds() - start) * 1e3);
	intermittente_free(first);
	intermittente_free(intermittente_answer(NULL, 7));
	intermittente_free(NULL);

	questions = read_lines(argv[1]);
	answers = read_lines(argv[2]);
	if (questions.count == 0 || questions.count != answers.count) return 2;
	start = seconds();
	size_t missed = (size_t)ask_all(NULL);
	printf("C: %zu cases, %zu missed, %.1f µs each\n", questions.count, missed, (seconds() - start) / (double)questions.count * 1e6);

	pthread_t thread[THREADS];
	for (size_t i = 0; i < THREADS; i++)
		if (pthread_create(&thread[i], NULL, ask_all, (void *)(i * questions.count / THREADS)) != 0) return 2;
	for (size_t i = 0; i < THREADS; i++) {
		void *of_thread;
		pthread_join(thread[i], &of_thread);
		missed += (size_t)of_thread;
	}
	printf("C: %d threads, %zu missed\n", THREADS, missed);

	for (size_t i = 0; i < CALLS / 5; i++) ask(i % questions.count, 0);
	long before = resident_kb();
	for (size_t i = 0; i < CALLS; i++) ask(i % questions.count, 0);
	long after = resident_kb();
	printf("C: %d more calls, from %ld kB to %ld kB\n", CALLS, before, after);
	return missed > 0 || before < 0 || after - before > GROWTH_KB;
}
