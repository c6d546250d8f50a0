$(BUILD)/src/analysis/technology_table.c.o: src/analysis/technologies.tsv
$(BUILD)/src/analysis/stop_words.c.o: $(wildcard src/analysis/stop_words/*.txt)
