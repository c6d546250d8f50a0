$(BUILD)/bench/peers_lucene.c.o: bench/LucenePeer.java
