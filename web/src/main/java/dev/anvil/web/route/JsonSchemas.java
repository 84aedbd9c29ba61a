package dev.anvil.web.route;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** JSON Schemas (draft 2020-12) of the records that requests and answers are made of. */
final class JsonSchemas {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Map<Class<?>, String> PLAIN =
      Map.ofEntries(
          Map.entry(String.class, "string"),
          Map.entry(boolean.class, "boolean"),
          Map.entry(Boolean.class, "boolean"),
          Map.entry(int.class, "integer"),
          Map.entry(Integer.class, "integer"),
          Map.entry(long.class, "integer"),
          Map.entry(Long.class, "integer"),
          Map.entry(float.class, "number"),
          Map.entry(double.class, "number"),
          Map.entry(Double.class, "number"),
          Map.entry(OptionalInt.class, "integer"),
          Map.entry(OptionalLong.class, "integer"),
          Map.entry(OptionalDouble.class, "number"));

  private final Map<String, ObjectNode> named = new LinkedHashMap<>();

  /** The schemas of all records that were asked for so far, by name. */
  ObjectNode all() {
    ObjectNode all = JSON.objectNode();
    named.forEach(all::set);
    return all;
  }

  /** The schema of a type; one of a record refers to its name. */
  ObjectNode of(Type type) {
    if (type instanceof ParameterizedType generic) {
      return generic((Class<?>) generic.getRawType(), generic.getActualTypeArguments());
    }
    if (type instanceof WildcardType wild) {
      return of(wild.getUpperBounds()[0]);
    }
    return type instanceof Class<?> plain ? plain(plain) : JSON.objectNode();
  }

  private ObjectNode generic(Class<?> raw, Type[] arguments) {
    if (Optional.class.equals(raw)) {
      return nullable(of(arguments[0]));
    }
    if (Collection.class.isAssignableFrom(raw)) {
      return type("array").set("items", of(arguments[0]));
    }
    if (Map.class.isAssignableFrom(raw)) {
      return type("object").set("additionalProperties", of(arguments[1]));
    }
    return plain(raw);
  }

  private static ObjectNode nullable(ObjectNode schema) {
    ArrayNode either = JSON.arrayNode().add(schema).add(type("null"));
    return JSON.objectNode().set("anyOf", either);
  }

  private ObjectNode plain(Class<?> type) {
    if (PLAIN.containsKey(type)) {
      ObjectNode schema = type(PLAIN.get(type));
      return type.getSimpleName().startsWith("Optional") ? nullable(schema) : schema;
    }
    if (type.isArray()) {
      return type("array").set("items", of(type.getComponentType()));
    }
    if (type.isEnum()) {
      ArrayNode values = JSON.arrayNode();
      Arrays.stream(type.getEnumConstants()).forEach(value -> values.add(((Enum<?>) value).name()));
      return type("string").set("enum", values);
    }
    if (type.equals(Object.class) || JsonNode.class.isAssignableFrom(type)) {
      return JSON.objectNode();
    }
    if (type.isRecord() && !isText(type)) {
      return record(type);
    }
    return type("string"); // paths, times, and what is written as text
  }

  private static boolean isText(Class<?> type) {
    return Arrays.stream(type.getMethods()).anyMatch(m -> m.isAnnotationPresent(JsonValue.class));
  }

  private ObjectNode record(Class<?> type) {
    String name =
        type.getEnclosingClass() == null
            ? type.getSimpleName()
            : type.getEnclosingClass().getSimpleName() + type.getSimpleName();
    if (!named.containsKey(name)) {
      ObjectNode schema = type("object");
      named.put(name, schema);
      ObjectNode properties = schema.putObject("properties");
      ArrayNode required = JSON.arrayNode();
      for (RecordComponent component : type.getRecordComponents()) {
        if (!isHidden(component.getAccessor())) {
          properties.set(component.getName(), of(component.getGenericType()));
          if (component.getType().isPrimitive() && !component.getType().equals(boolean.class)) {
            required.add(component.getName());
          }
        }
      }
      if (!required.isEmpty()) {
        schema.set("required", required);
      }
    }
    return JSON.objectNode().put("$ref", "#/components/schemas/" + name);
  }

  private static boolean isHidden(Method accessor) {
    return accessor.isAnnotationPresent(JsonIgnore.class);
  }

  private static ObjectNode type(String name) {
    return JSON.objectNode().put("type", name);
  }
}
