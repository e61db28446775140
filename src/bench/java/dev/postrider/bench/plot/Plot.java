package dev.postrider.bench.plot;

/** A picture of figures. */
public interface Plot {

  /** As a document of its own that needs nothing else. */
  String svg();
}
