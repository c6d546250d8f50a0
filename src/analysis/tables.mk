$(BUILD)/src/analysis/stop_words.c.o: $(wildcard src/analysis/stop_words/*.txt)
