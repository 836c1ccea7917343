package dev.slipway.engine.journal;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import dev.slipway.deployment.DeploymentId;
import dev.slipway.fleet.HostId;
import dev.slipway.revision.RevisionId;
import java.io.IOException;
import java.util.function.Function;

/** Ids are written as the text that they are. */
final class NamesAsText extends SimpleModule {

  private static final long serialVersionUID = 1L;

  NamesAsText() {
    text(HostId.class, HostId::value, HostId::new);
    text(DeploymentId.class, DeploymentId::value, DeploymentId::new);
    text(RevisionId.class, RevisionId::sha256, RevisionId::new);
  }

  private <T> void text(Class<T> type, Function<T, String> write, Function<String, T> read) {
    addSerializer(
        type,
        new StdScalarSerializer<T>(type) {
          private static final long serialVersionUID = 1L;

          @Override
          public void serialize(T value, JsonGenerator json, SerializerProvider provider)
              throws IOException {
            json.writeString(write.apply(value));
          }
        });
    addDeserializer(
        type,
        new StdScalarDeserializer<T>(type) {
          private static final long serialVersionUID = 1L;

          @Override
          public T deserialize(JsonParser json, DeserializationContext context) throws IOException {
            return read.apply(json.getValueAsString());
          }
        });
  }
}
