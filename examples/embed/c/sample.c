/* Asks one question and prints the answer. */
#include <stdio.h>
#include <string.h>

#include "../intermittente.h"

int main(void) {
	const char *question =
		"{\"id\":1,\"ask\":\"limits.assess\",\"in\":{\"on\":\"2025-07-23\","
		"\"worked\":[{\"first\":\"2024-01-01\",\"last\":\"2025-02-03\"}],"
		"\"employer\":{\"sector_activity\":false,\"sector_agreement\":false,\"ateco\":\"47.71.10\",\"ateco_version\":2007}}}";
	char *answer = intermittente_answer(question, strlen(question));
	if (answer == NULL) return 1;
	puts(answer);
	intermittente_free(answer);
	return 0;
}
