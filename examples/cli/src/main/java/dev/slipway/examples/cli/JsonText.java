package dev.slipway.examples.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** JSON as the command prints it: one line for each document. */
final class JsonText {

  private static final ObjectMapper MAPPER = JsonMapper.builder().build();

  private JsonText() {}

  /** Returns an object without keys; it keeps the order in which keys are put. */
  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** Returns the object that a text holds. */
  static ObjectNode parsed(String json) {
    try {
      return (ObjectNode) MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not a JSON object: " + json, e);
    }
  }

  /** Returns a value of maps, lists, texts and numbers as a node. */
  static JsonNode node(Object value) {
    return MAPPER.valueToTree(value);
  }

  /** Returns a document as one line. */
  static String line(Object document) {
    try {
      return MAPPER.writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot be written as JSON: " + document, e);
    }
  }
}
